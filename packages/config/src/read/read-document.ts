import { basename, extname } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import type { ConfigDocument } from '../document.js';
import type { ConfigFile } from '../source.js';
import { documentOf } from './placed-value.js';
import type { FileGuard, RefusalKind } from './read-regular-file.js';
import { readText, type TextRequest } from './read-text.js';
import { SourceText } from './source-text.js';

/** Beside it, `package.json` holds what is none of our business. */
export const packageKey = 'trae';

type Format = 'json' | 'yaml' | 'either' | 'package';

const formats: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.jsonc': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '': 'either',
};

function formatOf(path: string): Format | undefined {
  return basename(path) === 'package.json' ? 'package' : formats[extname(path).toLowerCase()];
}

/**
 * The values of one file, by its name: JSON (comments and trailing commas are fine), YAML, or the key `trae` of a
 * `package.json`; undefined where that has none. Throws `config_invalid`, and `usage` for a named file that cannot be
 * read.
 */
export const readDocument = (file: ConfigFile): Promise<ConfigDocument | undefined> => readGuarded({ file });

/** The same; undefined also where the guard declines the file. */
export async function readGuarded(request: TextRequest): Promise<ConfigDocument | undefined> {
  const format = formatOf(request.file.path);
  if (format === 'package') return readPackage(request);
  const read = await readText(request);
  if (read === undefined) return undefined;
  if (format === undefined) throw unknownFormat(request);
  const source = new SourceText(request.file, read.text);
  return parseDocument(source, isJson(source.text, format) ? 'json' : 'yaml');
}

/** How a text is read, by the name of its file and its looks; undefined where it is not. */
export function notationOf(path: string, text: string): 'json' | 'yaml' | 'package' | undefined {
  const format = formatOf(path);
  if (format === undefined || format === 'package') return format;
  return isJson(text, format) ? 'json' : 'yaml';
}

/** The values of a text that is no `package.json`. */
export const parseDocument = (source: SourceText, notation: 'json' | 'yaml'): Promise<ConfigDocument> =>
  notation === 'json' ? jsonDocument(source) : yamlDocument(source);

/** A name that tells no format is YAML, but what is without doubt meant as JSON may have its comments. */
const isJson = (text: string, format: Format): boolean =>
  format === 'json' || (format === 'either' && /^\s*(?:\{\s*["}/]|\/[/*])/.test(text));

async function jsonDocument(source: SourceText): Promise<ConfigDocument> {
  const { parseJsonText } = await import('./parse-json.js');
  return documentOf(source, parseJsonText(source, { isLenient: true }));
}

async function yamlDocument(source: SourceText): Promise<ConfigDocument> {
  const { parseYamlText } = await import('./parse-yaml.js');
  return documentOf(source, parseYamlText(source));
}

/** Such a `package.json` is nobody's, so that it cannot be ours. */
const noPackage: readonly RefusalKind[] = ['dangling', 'directory', 'special', 'too_large'];

/** Those in /proc say that they are empty, and are no `package.json`. */
const holdsSomething: FileGuard = ({ size }) => size > 0;

/** Most say nothing to us: they are not parsed, and may be links and written in whatever encoding. */
async function readPackage(request: TextRequest): Promise<ConfigDocument | undefined> {
  const { file } = request;
  const ignores = file.scope === 'named' ? [] : noPackage;
  const read = await readText({ ...request, ignores, mention: `"${packageKey}"`, guard: holdsSomething });
  if (read === undefined || request.guard?.(read.facts) === false) return undefined;
  return parsePackage(new SourceText(file, read.text));
}

/** What stands at our key of a `package.json`; undefined where nothing does. */
export async function parsePackage(source: SourceText): Promise<ConfigDocument | undefined> {
  const { parseJsonText } = await import('./parse-json.js');
  const root = parseJsonText(source, { only: packageKey, isLenient: false });
  const ours = root?.value.kind === 'object' ? root.value.entries.get(packageKey) : undefined;
  const isThere = ours !== undefined && !(ours.value.kind === 'leaf' && ours.value.value === null);
  return isThere ? documentOf(source, ours) : undefined;
}

function unknownFormat({ file, namedBy }: TextRequest): TraeError {
  const given = namedBy === undefined ? '' : `, given with ${namedBy},`;
  return new TraeError('usage', `The configuration file ${file.path}${given} has a format that is not read.`, {
    hint: 'A configuration is JSON (.json) or YAML (.yaml, .yml).',
  });
}
