import { readDocument } from '../../src/read/read-document.js';
import type { ConfigDocument } from '../../src/document.js';
import type { FileScope } from '../../src/source.js';
import { TraeError } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';

/** Reads one file of a folder, which need not be trusted. */
export const readPath = (path: string, scope: FileScope = 'project'): Promise<ConfigDocument | undefined> =>
  readDocument({ path, scope, isTrusted: false });

/** Reads a text as the content of a file of this name. */
export async function readText(name: string, content: string | Uint8Array): Promise<ConfigDocument | undefined> {
  await using folder = await tempWorkspace({ [name]: content });
  return await readPath(folder.path(name));
}

/** The error of something that has to fail, folder left out of the message. */
export async function errorOf(failing: Promise<unknown>): Promise<TraeError> {
  const thrown: unknown = await failing.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof TraeError) return thrown;
  throw new Error('Nothing was refused.', { cause: thrown });
}
