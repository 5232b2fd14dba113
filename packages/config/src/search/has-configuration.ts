import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchRequest } from './find-files.js';
import { packageFileName, projectFileNames, userFileNames } from './search-places.js';
import { presentIn, searchedDirectories } from './walk.js';

/** A `package.json` that is larger, or no file, is looked at by whoever can refuse it. */
const mostBytes = 1_000_000;

async function mayHoldOurs(path: string): Promise<boolean> {
  try {
    const stats = await stat(path);
    return !stats.isFile() || stats.size > mostBytes || (await readFile(path, 'utf8')).includes('"trae"');
  } catch {
    // What cannot be read is for the search to judge.
    return true;
  }
}

async function isIn(directory: string): Promise<boolean> {
  const present = await presentIn(directory, [...projectFileNames, packageFileName]);
  if (present.some((name) => name !== packageFileName)) return true;
  return present.length > 0 && mayHoldOurs(join(directory, packageFileName));
}

/** Whether there is anything to read. Mostly there is not, and what reads it need not be loaded then. */
export async function hasConfiguration(request: Omit<SearchRequest, 'isTrusted'>): Promise<boolean> {
  if (request.named !== undefined) return true;
  const [directories, own, dotenv] = await Promise.all([
    searchedDirectories(request),
    presentIn(request.userDirectory, userFileNames),
    presentIn(request.workspace, ['.env']),
  ]);
  if (own.length > 0 || dotenv.length > 0) return true;
  return (await Promise.all(directories.map(isIn))).includes(true);
}
