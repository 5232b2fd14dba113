import type { FileAccess, Place, Workspace } from '../workspace.js';
import { shortPath, suggestPaths } from './suggest.js';

type Reached = { readonly place: Extract<Place, { kind: 'file' | 'directory' }> } | { readonly problem: string };

/** A file or directory that is there, or the sentence that says why it cannot be had. */
export async function reach(workspace: Workspace, path: string, access: FileAccess): Promise<Reached> {
  const place = await workspace.files.locate(path, access);
  switch (place.kind) {
    case 'file':
    case 'directory':
      return { place };
    case 'outside':
      return { problem: place.reason };
    case 'special':
      return { problem: `${shortPath(workspace, place.path)} is neither a file nor a directory.` };
    case 'missing':
      return { problem: await describeMissing(workspace, place.path) };
    default:
      return place satisfies never;
  }
}

async function describeMissing(workspace: Workspace, path: string): Promise<string> {
  const suggestions = await suggestPaths(workspace, path);
  const question = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`;
  return `${path} does not exist.${question} Relative paths start at ${workspace.root}.`;
}
