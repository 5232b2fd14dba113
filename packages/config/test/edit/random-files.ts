import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import { Random } from '@trae-cli/testkit';

const texts = [
  '',
  'x',
  'a b',
  '"q"',
  '\\',
  '日本',
  '# no',
  ': ',
  'yes',
  '12',
  '- x',
  '{',
  "it's",
  'a\nb',
  ' lead',
  '*x',
  '&y',
];
const keys = ['a', 'b_c', 'x/y.z', 'q:1', 'null', 'on', '12', 'sp ace', '"', '#', '-', 'ü', '__proto__'];
const remarks = ['# one', '# two: {', '# "three'];

/** Files as people write them: every style, comments anywhere. */
export class RandomFiles {
  readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  leaf(): JsonValue {
    return this.random.pick<JsonValue>([
      null,
      true,
      0,
      -1.5,
      1e21,
      ...texts.map((text): JsonValue => text),
      [],
      [1, 'x'],
    ]);
  }

  object(depth = 0): JsonObject {
    const size = this.random.below(4);
    const names = [...new Set(Array.from({ length: size }, () => this.random.pick(keys)))];
    const value = (): JsonValue => (depth < 3 && this.random.chance(0.5) ? this.object(depth + 1) : this.leaf());
    return Object.fromEntries(names.map((name) => [name, value()]));
  }

  /** Keys that are there, and from some place on keys that are not. */
  path(values: JsonObject): readonly string[] {
    const names = Object.keys(values);
    const key = names.length === 0 || this.random.chance(0.3) ? this.random.pick(keys) : this.random.pick(names);
    const inner = Object.hasOwn(values, key) ? values[key] : undefined;
    const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    if (isObject && this.random.chance(0.8)) return [key, ...this.path(inner as JsonObject)];
    const isNew = inner === undefined || inner === null;
    return isNew && this.random.chance(0.4) ? [key, this.random.pick(keys)] : [key];
  }

  #remark(): string {
    return this.random.chance(0.3) ? ` ${this.random.pick(remarks)}` : '';
  }

  json(value: JsonValue, indent = ''): string {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
    const entries = Object.entries(value as JsonObject);
    if (entries.length === 0) return this.random.pick(['{}', '{ }', '{ /* none */ }', `{\n${indent}}`]);
    if (this.random.chance(0.3)) {
      const inside = entries.map(([key, inner]) => `${JSON.stringify(key)} :${JSON.stringify(inner)}`);
      return `{ ${inside.join(',  ')}${this.random.pick(['', ',', ' /* end */ '])}}`;
    }
    const inner = `${indent}   `;
    const lines = entries.map(([key, item], index) => {
      const comma =
        index < entries.length - 1 || this.random.chance(0.2) ? this.random.pick([',', ' ,', ' /* , */ ,']) : '';
      const remark = this.#remark().replace('#', '//');
      return `${inner}${JSON.stringify(key)}: ${this.json(item, inner)}${comma}${remark}\n`;
    });
    return `{${this.#remark().replace('#', '//')}\n${lines.join('')}${indent}}`;
  }

  yaml(value: JsonObject, indent = ''): string {
    const lines = Object.entries(value).map(([key, inner]) => {
      const name = /^[a-z_/.:]+[a-z\d]$/.test(key) && key !== 'null' && key !== 'on' ? key : JSON.stringify(key);
      return `${indent}${name}:${this.#yamlValue(inner, indent)}`;
    });
    return lines.join(this.random.chance(0.2) ? `${indent}# between\n` : '');
  }

  #yamlValue(value: JsonValue, indent: string): string {
    const deeper = `${indent}${this.random.pick([' ', '  ', '    '])}`;
    if (value === null && this.random.chance(0.7)) return `${this.#remark()}\n`;
    if (typeof value === 'string' && /^\S+(?:\n\S+)*$/.test(value) && this.random.chance(0.5))
      return ` |-\n${value.replaceAll(/^/gm, deeper)}\n${this.random.chance(0.3) ? '\n' : ''}`;
    if (Array.isArray(value) && value.length > 0 && this.random.chance(0.5))
      return `\n${value.map((item) => `${this.random.chance(0.5) ? indent : deeper}- ${JSON.stringify(item)}`)[0] ?? ''}\n`;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isObject && Object.keys(value).length > 0 && this.random.chance(0.7))
      return `${this.#remark()}\n${this.yaml(value as JsonObject, deeper)}`;
    return ` ${JSON.stringify(value)}${this.#remark()}\n`;
  }
}
