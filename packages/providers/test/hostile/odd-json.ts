import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import type { Random } from '@trae-cli/testkit';

/** What no field expects. Texts, since JSON can say what a value here cannot. */
const oddities: readonly [string, ...string[]] = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e308',
  '-1e999',
  '1e999',
  '"7"',
  '""',
  '"\\ud800"',
  '"\\u0000\\u001b[2J"',
  '"__proto__"',
  '"constructor"',
  `"${'n'.repeat(5000)}"`,
  '[]',
  '{}',
  '[null,[],{}]',
  '{"__proto__":{"polluted":true},"constructor":null}',
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
];

const oddKeys: readonly [string, ...string[]] = [
  '__proto__',
  'constructor',
  'error',
  'usage',
  'refusal',
  'content',
  'function_call',
  'extra_content',
  'reasoning_details',
  'arguments',
];

/** A value as JSON text, in which some fields are odd, doubled or missing. */
export function oddText(value: JsonValue, random: Random): string {
  if (random.chance(1 / 12)) return random.pick(oddities);
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => oddText(item, random)).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).flatMap(([key, inner]) => {
    const field = `${JSON.stringify(key)}:${oddText(inner, random)}`;
    if (random.chance(1 / 15)) return [];
    return random.chance(1 / 15) ? [field, `"${random.pick(oddKeys)}":${random.pick(oddities)}`] : [field];
  });
  return `{${fields.join()}}`;
}
