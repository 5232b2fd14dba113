import { dirname } from 'node:path';
import { oneLine } from './describe-source.js';
import type { ConfigFile } from './source.js';

/** A path to paste into a shell: whoever named the directory decides nothing there. */
export function pasteable(path: string): string {
  const line = oneLine(path, 400);
  return /^[\w./~+@:,-]+$/.test(line) ? line : `'${line.replaceAll("'", String.raw`'\''`)}'`;
}

/** What a person does who finds that a file is in order, in the imperative and with a full stop. */
export function trustAdvice({ path }: ConfigFile, isDotenv: boolean): string {
  const trust = `run: trae-cli trust ${pasteable(dirname(path))}`;
  const named = isDotenv ? '' : ` (or, for one run, name the file: --config-file ${pasteable(path)})`;
  return `Look at that line first. If you trust the folder, ${trust}${named}.`;
}
