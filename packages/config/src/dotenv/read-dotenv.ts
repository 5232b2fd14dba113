import { parseEnv } from 'node:util';
import type { ConfigFile } from '../source.js';
import type { FileGuard, RefusalKind } from '../read/read-regular-file.js';
import { readText } from '../read/read-text.js';
import { assignmentsOf } from './assignments.js';

export type DotenvVariable = { readonly value: string; readonly line: number };

/** The variables of a `.env`, each with the line of its last assignment. */
export type Dotenv = { readonly file: ConfigFile; readonly variables: ReadonlyMap<string, DotenvVariable> };

/** Python keeps its environments in directories of this name, and a link may wait for a file to come. */
const noDotenv: readonly RefusalKind[] = ['missing', 'dangling', 'directory'];

/** Reads a `.env`; undefined where there is none. Throws `config_invalid` for one that cannot be read. */
export async function readDotenv(file: ConfigFile, guard: FileGuard = () => true): Promise<Dotenv | undefined> {
  const read = await readText({ file, guard, ignores: noDotenv });
  return read && { file, variables: variablesOf(read.text) };
}

function variablesOf(text: string): ReadonlyMap<string, DotenvVariable> {
  const variables = new Map<string, DotenvVariable>();
  for (const { name, written, line } of assignmentsOf(text)) {
    // Without the end of its line, a value whose quote is not closed would be lost.
    const value = Object.values(parseEnv(`${name}=${written}\n`))[0];
    if (value !== undefined) variables.set(name, { value, line });
  }
  return variables;
}
