import type { JsonValue } from '@trae-cli/protocol';
import { Random } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import type { ConfigPath, Position } from '../../src/document.js';
import { readText } from './document.js';

type Marks = (readonly [ConfigPath, Position])[];

/** Writes JSON over many lines, and remembers where each key and item begins. */
class Writer {
  text = '';
  readonly marks: Marks = [];

  write(value: JsonValue, path: ConfigPath): void {
    if (Array.isArray(value))
      this.#inside('[]', value.length, path, (index) => this.#item(value[index], [...path, index]));
    else if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      this.#inside('{}', entries.length, path, (index) => {
        const [key, inner] = entries[index] ?? ['', null];
        this.#mark([...path, key]);
        this.text += `${JSON.stringify(key)}: `;
        this.write(inner, [...path, key]);
      });
    } else this.text += JSON.stringify(value);
  }

  #inside(brackets: string, length: number, path: ConfigPath, part: (index: number) => void): void {
    this.text += brackets.charAt(0);
    for (let index = 0; index < length; index += 1) {
      this.text += `${index === 0 ? '' : ','}\n${' '.repeat(path.length)}`;
      part(index);
    }
    this.text += `\n${brackets.charAt(1)}`;
  }

  #item(value: JsonValue = null, path: ConfigPath = []): void {
    this.#mark(path);
    this.write(value, path);
  }

  #mark(path: ConfigPath): void {
    const lines = this.text.split('\n');
    this.marks.push([path, { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }]);
  }
}

const texts = [
  '',
  'x',
  'a b',
  '"',
  '\\',
  '日本',
  '🙂',
  'é\u0301',
  '\n',
  '\t',
  '#',
  ': ',
  '- ',
  '<<',
  'null',
  '1',
  '~',
  '//',
  '${X}',
];

function randomValue(random: Random, depth: number): JsonValue {
  const kind = random.below(depth > 3 ? 4 : 7);
  if (kind === 0) return random.below(2) === 0;
  if (kind === 1) return random.below(2000) / 8 - 100;
  if (kind === 2) return null;
  if (kind === 3) return random.pick(texts);
  if (kind === 4) return Array.from({ length: random.below(4) }, () => randomValue(random, depth + 1));
  return randomObject(random, depth);
}

function randomObject(random: Random, depth: number): { readonly [key: string]: JsonValue } {
  const keys = Array.from({ length: random.below(5) }, () => `${random.pick(texts)}${random.below(100)}`);
  return Object.fromEntries(keys.map((key) => [key, randomValue(random, depth + 1)]));
}

describe('whatever the values are, they are read back, and each is found where it was written', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))('seed %i', async (seed) => {
    const values = randomObject(new Random(seed), 0);
    const writer = new Writer();
    writer.write(values, []);
    for (const name of ['trae_config.json', 'trae_config.yaml']) {
      const document = await readText(name, writer.text);
      expect(JSON.parse(JSON.stringify(document?.values))).toEqual(values);
      expect(writer.marks.map(([path]) => [path, document?.positionOf(path)])).toEqual(writer.marks);
    }
  });
});
