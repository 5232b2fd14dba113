import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject, type JsonValue, TraeError } from '@trae-cli/protocol';
import type { ConfigDocument } from '../document.js';
import { toCanonical } from '../original/to-canonical.js';
import { decodeText } from '../read/decode-text.js';
import { documentOf } from '../read/placed-value.js';
import { notationOf, packageKey, parseDocument, parsePackage } from '../read/read-document.js';
import { type FileReading, readRegularFile } from '../read/read-regular-file.js';
import { SourceText } from '../read/source-text.js';
import { type CanonicalDocument, describeKey } from '../schema/report.js';
import type { ConfigChange } from './edit-config.js';
import { jsonText, nested } from './json-text.js';
import { replaceFile } from './replace-file.js';
import { type Edit, splice } from './splice.js';
import { blockLines } from './yaml-text.js';

/** A file that is edited, and how. */
type Target = { readonly path: string; readonly notation: 'json' | 'yaml' | 'package' };

const markBytes = Buffer.from([0xef, 0xbb, 0xbf]);

/** As plain objects: two that say the same are equal, wherever they come from. */
const plain = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

function withValue(values: JsonValue | undefined, [key, ...rest]: readonly string[], value: JsonValue): JsonValue {
  if (key === undefined) return value;
  const object: JsonObject = isJsonObject(values) ? values : {};
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: withValue(inner, rest, value) };
}

function valueAt(values: JsonValue, path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = values;
  for (const key of path) {
    if (!isJsonObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** Everything that is to be said, as lines in the notation of the file. */
function linesByHand({ notation }: Target, changes: readonly ConfigChange[]): string {
  const all = changes.reduce<JsonValue>((values, { path, value }) => withValue(values, path, value), {});
  if (notation === 'yaml') return blockLines(all, '', '  ').join('\n');
  const text = jsonText(notation === 'package' ? nested([packageKey], all) : all, '', { unit: '  ', lineBreak: '\n' });
  return text
    .split('\n')
    .slice(1, -1)
    .map((line) => line.slice(2))
    .join('\n');
}

const refused = (target: Target, changes: readonly ConfigChange[], reason: string): TraeError =>
  new TraeError('config_invalid', `${target.path} was left as it is, because ${reason}.`, {
    hint: `Put this into it by hand, each key where it belongs:\n${linesByHand(target, changes)}`,
  });

async function canonicalOf({ notation, path }: Target, text: string): Promise<CanonicalDocument> {
  const source = new SourceText({ path, scope: 'named', isTrusted: true }, text);
  const document: ConfigDocument =
    notation === 'package'
      ? ((await parsePackage(source)) ?? documentOf(source))
      : await parseDocument(source, notation);
  return toCanonical(document, '').canonical;
}

/** Where a change is to be written: in the original's form, what concerns a model or the agent stands with them. */
function writtenPath(document: CanonicalDocument, path: readonly string[], { notation }: Target): readonly string[] {
  const written = document.writtenPath(path).map(String);
  return notation === 'package' ? [packageKey, ...written] : written;
}

type Editor = (text: string, path: readonly string[], value: JsonValue) => Edit;

const editorFor = async ({ notation }: Target): Promise<Editor> =>
  notation === 'yaml' ? (await import('./edit-yaml.js')).editYaml : (await import('./edit-json.js')).editJson;

type Outcome = { readonly text: string } | { readonly refusal: string };

async function edited(target: Target, text: string, { path, value }: ConfigChange): Promise<Outcome> {
  const before = await canonicalOf(target, text);
  const present = valueAt(before.values, path);
  if (present !== undefined && isDeepStrictEqual(plain(present), plain(value))) return { text };
  const edit = (await editorFor(target))(text, writtenPath(before, path, target), value);
  if ('refusal' in edit) return edit;
  const after = splice(text, edit.splices);
  if (await says(target, after, withValue(before.values, path, value))) return { text: after };
  return { refusal: `"${describeKey(path)}" cannot be put there without changing what else it says` };
}

/** Nothing is written that does not say what was said before and the change besides. */
async function says(target: Target, text: string, expected: JsonValue): Promise<boolean> {
  try {
    const { values } = await canonicalOf(target, text);
    return isDeepStrictEqual(plain(values), plain(expected));
  } catch (error) {
    if (error instanceof TraeError) return false;
    throw error;
  }
}

type Read = Extract<FileReading, { readonly status: 'read' }>;

async function readTarget(path: string): Promise<{ readonly reading: Read; readonly text: string }> {
  const reading = await readRegularFile(path);
  const decoded = reading.status === 'read' ? decodeText(reading.bytes) : undefined;
  if (reading.status === 'read' && decoded?.status === 'decoded') return { reading, text: decoded.text };
  const reason = decoded?.status === 'undecodable' ? decoded.reason : undefined;
  const why = reason ?? (reading.status === 'refused' ? reading.reason : 'it is not read');
  throw new TraeError('config_invalid', `${path} cannot be changed: ${why}.`);
}

/** What `editConfig` promises. */
export async function editFile(path: string, changes: readonly ConfigChange[]): Promise<boolean> {
  const { reading, text } = await readTarget(path);
  const notation = notationOf(path, text);
  if (notation === undefined)
    throw new TraeError(
      'config_invalid',
      `${path} cannot be changed: a configuration is JSON (.json) or YAML (.yaml).`,
    );
  const target = { path, notation };
  let after = text;
  for (const change of changes) {
    const outcome = await edited(target, after, change);
    if ('refusal' in outcome) throw refused(target, changes, outcome.refusal);
    after = outcome.text;
  }
  if (after === text) return false;
  const { bytes, facts } = reading;
  const mark = bytes.subarray(0, 3).equals(markBytes) ? markBytes : Buffer.alloc(0);
  const reason = await replaceFile({ path, facts, before: bytes, after: Buffer.concat([mark, Buffer.from(after)]) });
  if (reason !== undefined) throw refused(target, changes, reason);
  return true;
}
