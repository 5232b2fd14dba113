import { type PrivateFile, readPrivateFile, writePrivateFile } from './private-file.js';

/** One key, or the word that a keychain has it. `at`: when it was stored, in ISO 8601. */
export type Credential =
  | { readonly place: 'file'; readonly key: string; readonly at: string }
  | { readonly place: 'keychain'; readonly at: string };

/** By provider. */
export type Credentials = ReadonlyMap<string, Credential>;

export type ReadCredentials =
  | { readonly status: 'read'; readonly credentials: Credentials; readonly wasOpenToOthers: boolean }
  /** `reason` follows the path in a sentence; nothing of the file is in it. */
  | { readonly status: 'refused'; readonly reason: string };

async function parsed({ text, wasOpenToOthers }: Extract<PrivateFile, { status: 'read' }>): Promise<ReadCredentials> {
  // Most people have no such file, and need not wait for what checks it.
  const { parseCredentials } = await import('./credentials-schema.js');
  const result = parseCredentials(text);
  return result.status === 'refused' ? result : { status: 'read', credentials: result.credentials, wasOpenToOthers };
}

/** The keys and the index of what is in the keychain. A file that cannot be believed is not read. */
export async function readCredentials(path: string, userId: number | undefined): Promise<ReadCredentials> {
  const file = await readPrivateFile(path, userId);
  switch (file.status) {
    case 'absent':
      return { status: 'read', credentials: new Map(), wasOpenToOthers: false };
    case 'refused':
      return file;
    case 'read':
      return parsed(file);
    default:
      return file satisfies never;
  }
}

export const writeCredentials = (path: string, credentials: Credentials): Promise<void> =>
  writePrivateFile(path, `${JSON.stringify({ version: 1, providers: Object.fromEntries(credentials) }, null, 2)}\n`);
