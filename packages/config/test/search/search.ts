import { mkdir } from 'node:fs/promises';
import { tempWorkspace, type TempWorkspace, type WorkspaceFiles } from '@trae-cli/testkit';
import { findConfiguration, type FoundConfiguration, type SearchRequest } from '../../src/search/find-files.js';

/** A home directory with `project` in it, which is a git root where `project/.git` is among the files. */
export interface Place extends TempWorkspace {
  search(changes?: Partial<SearchRequest> & { readonly from?: string }): Promise<FoundConfiguration>;
}

export async function homeWith(files: WorkspaceFiles): Promise<Place> {
  const home = await tempWorkspace(files);
  await mkdir(home.path('project'), { recursive: true });
  const search: Place['search'] = ({ from = 'project', ...changes } = {}) =>
    findConfiguration({
      workspace: home.path(from),
      homeDirectory: home.root,
      userDirectory: home.path('.config/trae-cli'),
      isTrusted: () => false,
      ...changes,
    });
  return Object.assign(home, { search });
}
