import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import { isMalformed } from '../interpolate/template.js';
import type { ConfigFile } from '../source.js';
import { objectAt } from './check-general.js';
import { checkValue } from './check-value.js';
import { compatibilityShape } from './compatibility-shape.js';
import type { Report } from './report.js';
import { textsIn } from './texts-in.js';
import { findUnknownKeys } from './unknown-keys.js';
import { isUnset } from './unset.js';
import { leafAt, type WrittenLeaf } from './written-leaf.js';

/** They are the request itself. Servers there are that do not tell large letters from small ones. */
const essential: readonly string[] = ['model', 'messages', 'input', 'tools', 'system', 'stream'];

const isEssential = (name: string): boolean => essential.includes(name.toLowerCase().split(/[.[]/)[0] ?? '');

const keeping = 'decides whether a service keeps what it is sent';
const multiplying = 'multiplies what an answer costs';

/** What a file that nobody trusts has no say in, and why. */
const personal: ReadonlyMap<string, string> = new Map([
  ['store', keeping],
  ['n', multiplying],
  ['best_of', multiplying],
  ['candidate_count', multiplying],
  ['candidatecount', multiplying],
  ['service_tier', multiplying],
]);

const isPersonal = (name: string): boolean => personal.has(name.toLowerCase());

const parameterName = /^[A-Za-z_][\w.-]{0,99}$/;

/** Where one part of `compatibility` stands, and in whose file. */
type Part = { readonly report: Report; readonly path: readonly string[]; readonly file: ConfigFile };

/** Whether a file may speak of a parameter; what forbids it goes into the report. */
function isAllowed({ report, path }: Part, names: readonly string[]): boolean {
  const place = `"${report.key(path)}" (${report.place(path)})`;
  const wrong = names.find((name) => isEssential(name) || !parameterName.test(name) || name === '__proto__');
  if (wrong === undefined) return true;
  const what = isEssential(wrong)
    ? `names "${wrong}", which is a part of every request and stays as it is`
    : 'has a key that is not the name of a parameter';
  report.problem(`${place} ${what}`);
  return false;
}

/** Whether a file speaks of nothing that only somebody who is trusted may decide. */
function isItsBusiness({ report, path, file }: Part, names: readonly string[]): boolean {
  const name = file.isTrusted ? undefined : names.find(isPersonal);
  if (name === undefined) return true;
  const why = personal.get(name.toLowerCase()) ?? '';
  report.find('untrusted', path, () => `is left out: "${name}" ${why}, and its folder is not trusted`);
  return false;
}

const omitted = (part: Part, names: readonly string[], value: JsonValue): readonly WrittenLeaf[] =>
  isAllowed(part, names) && isItsBusiness(part, names) ? [leafAt(part.report, part.path, value)] : [];

function renamed(part: Part, names: JsonObject): readonly WrittenLeaf[] {
  return Object.entries(names).flatMap(([from, to]) => {
    const at = { ...part, path: [...part.path, from] };
    const both = [from, ...(typeof to === 'string' ? [to] : [])];
    return isAllowed(at, both) && isItsBusiness(at, both) ? [leafAt(part.report, at.path, to)] : [];
  });
}

function setTo(part: Part, values: JsonObject): readonly WrittenLeaf[] {
  const { file, path, report } = part;
  const leaves = Object.entries(values).flatMap(([name, value]) => {
    const at = { ...part, path: [...path, name] };
    const isMode = name === 'stream' && typeof value === 'boolean';
    if (!isMode && !isAllowed(at, [name])) return [];
    if (!textsIn(value).some(isMalformed)) return [leafAt(report, at.path, value)];
    report.problem(
      `"${report.key(at.path)}" (${report.place(at.path)}) has a "\${" that is not followed by a name and "}"`,
    );
    return [];
  });
  if (file.isTrusted || leaves.length === 0) return leaves;
  report.find(
    'untrusted',
    path,
    () => 'is left out, because it may say anything to the model and its folder is not trusted',
  );
  return [];
}

/** Without marks for the cache every request costs more: that is for the person to say. */
function adapted({ file, path, report }: Part, value: JsonValue): readonly WrittenLeaf[] {
  const isDearer = !file.isTrusted && textsIn(value).includes('no_cache_marks');
  if (!isDearer) return [leafAt(report, path, value)];
  report.find('untrusted', path, () => `is left out, because it ${multiplying} and its folder is not trusted`);
  return [];
}

function checkPart(part: Part, key: keyof typeof compatibilityShape, value: JsonValue): readonly WrittenLeaf[] {
  if (isUnset(value) || !checkValue(part.report, part.path, compatibilityShape[key], value)) return [];
  switch (key) {
    case 'omit':
      return omitted(part, textsIn(value), value);
    case 'rename':
      return isJsonObject(value) ? renamed(part, value) : [];
    case 'set':
      return isJsonObject(value) ? setTo(part, value) : [];
    case 'adapt':
      return adapted(part, value);
    default:
      return key satisfies never;
  }
}

/** What a file says about the form of requests: nothing that would replace the request itself. */
export function checkCompatibility(
  report: Report,
  path: readonly string[],
  value: JsonValue,
  file: ConfigFile,
): readonly WrittenLeaf[] {
  const said = objectAt(report, path, value, 'with keys such as "omit" and "rename"');
  findUnknownKeys(report, path, said, 'compatibility');
  const keys = ['omit', 'rename', 'set', 'adapt'] as const;
  return keys.flatMap((key) => checkPart({ report, path: [...path, key], file }, key, said[key] ?? null));
}
