import type { JsonValue } from '@trae-cli/protocol';
import type { Random } from '@trae-cli/testkit';

// Of `"` and `\` alone V8 13.6 (Node 24) takes one for the other where it parses both as keys of one document.
const keys = ['a', 'b', 'c d', '', "it's", '"', 'ü', '\\\\', '__proto__', 'x.y', '//', '0'];
const scalars: readonly JsonValue[] = [
  null,
  true,
  0,
  -1.5,
  1e300,
  '',
  'text',
  '// no comment',
  '{"a": [',
  'a\n\t"b"',
  '😀',
];

export function randomValue(random: Random, depth: number): JsonValue {
  const kind = depth === 0 ? 0 : random.below(3);
  const size = random.below(4);
  if (kind === 0) return random.pick(scalars);
  const values = Array.from({ length: size }, () => randomValue(random, depth - 1));
  if (kind === 1) return values;
  return Object.fromEntries(values.map((value) => [random.pick(keys), value]));
}

const spaces = ['', '', ' ', '  ', '\n', '\n  ', '\r\n\t', ' // , ]\n', '/* } \n */', ' /* x */ '];

/** A value written by somebody without a style: white space and comments wherever they may be. */
export function written(value: JsonValue, random: Random): string {
  const space = (): string => random.pick(spaces);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const entries = Object.entries(value).map(([key, inner]) => {
    const text = written(inner, random);
    return `${space()}${isArray ? '' : `${JSON.stringify(key)}${space()}:${space()}`}${text}${space()}`;
  });
  const trailing = entries.length > 0 && random.below(4) === 0 ? `,${space()}` : '';
  const [open, close] = isArray ? '[]' : '{}';
  return `${open}${entries.length === 0 ? space() : entries.join(',')}${trailing}${close}`;
}

export type Step = string | number;

/** The place of something inside a value; none in one that is empty or no container. */
export function randomPlace(value: JsonValue, random: Random): readonly Step[] {
  if (typeof value !== 'object' || value === null) return [];
  const steps = Object.keys(value);
  if (steps.length === 0) return [];
  const key = random.pick(steps);
  const inner = (value as Record<string, JsonValue>)[key] ?? null;
  return [Array.isArray(value) ? Number(key) : key, ...(random.below(2) === 0 ? [] : randomPlace(inner, random))];
}

export const pathTo = (place: readonly Step[]): string =>
  `$${place.map((step) => `[${JSON.stringify(step)}]`).join('')}`;
