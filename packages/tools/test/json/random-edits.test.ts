import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import { Random } from '@trae-cli/testkit';
import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { Places } from '../../src/json/places.js';
import { plainValueOf } from '../../src/json/plain-value.js';
import { toolbox, type Toolbox } from '../toolbox.js';
import { pathTo, randomPlace, randomValue, type Step, written } from './random-document.js';

/** Throws where a text is no JSON any more. */
function rootOf(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (root === undefined || errors.length > 0) throw new Error(`This is no JSON: ${text}`);
  return root;
}

const read = (text: string): JsonValue => JSON.parse(JSON.stringify(plainValueOf(rootOf(text)))) as JsonValue;

const lineComment = 12;
const blockComment = 13;
const endOfFile = 17;

function commentsIn(text: string): readonly string[] {
  const scanner = createScanner(text);
  const comments: string[] = [];
  for (let kind: number = scanner.scan(); kind !== endOfFile; kind = scanner.scan())
    if (kind === lineComment || kind === blockComment)
      comments.push(text.slice(scanner.getTokenOffset(), scanner.getPosition()));
  return comments;
}

/** The value with the container at a place changed. */
function changed(value: JsonValue, place: readonly Step[], change: (inner: JsonValue) => JsonValue): JsonValue {
  const [step, ...rest] = place;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((inner: JsonValue, index) => (index === step ? changed(inner, rest, change) : inner));
  if (!isJsonObject(value)) throw new Error('There is nothing at this place.');
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === step ? changed(inner, rest, change) : inner]),
  );
}

const without = (value: JsonValue, step: Step | undefined): JsonValue =>
  Array.isArray(value)
    ? value.filter((_, index) => index !== step)
    : Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => key !== step) as [string, JsonValue][]);

type Trial = { readonly random: Random; readonly value: JsonValue; readonly text: string; readonly box: Toolbox };

async function* trials(count: number): AsyncGenerator<Trial> {
  await using box = await toolbox();
  for (let seed = 1; seed <= count; seed += 1) {
    const random = new Random(seed);
    const value = randomValue(random, 4);
    const text = `${random.pick(['', '\n', '// head\n'])}${written(value, random)}${random.pick(['', '\n'])}`;
    await box.files.write({ 'a.json': text });
    yield { random, value, text, box };
  }
}

const given = (value: JsonValue): JsonValue => (typeof value === 'string' ? JSON.stringify(value) : value);

test('what is set can be viewed, and the text around it stays as it is', async () => {
  for await (const { random, value, text, box } of trials(200)) {
    const place = randomPlace(value, random);
    const wanted = [randomValue(random, 2), 'unlike everything'];
    const answer = await box.json('set', 'a.json', pathTo(place), {
      value: wanted,
      pretty_print: random.below(2) === 0,
    });
    expect(answer, text).toMatch(/^Changed/);
    const after = await box.files.read('a.json');
    expect(read(after), text).toEqual(changed(value, place, () => wanted));
    const { offset, length } = new Places(rootOf(text)).at(place).node;
    expect([after.slice(0, offset), after.slice(offset + length - text.length || after.length)]).toEqual([
      text.slice(0, offset),
      text.slice(offset + length),
    ]);
    const view = await box.json('view', 'a.json', pathTo(place), { pretty_print: false });
    expect(JSON.parse(view.slice(view.indexOf('): ') + 3)), text).toEqual(wanted);
  }
});

test('what is removed is gone, and everything else means what it meant', async () => {
  for await (const { random, value, text, box } of trials(200)) {
    const place = randomPlace(value, random);
    if (place.length === 0) continue;
    expect(await box.json('remove', 'a.json', pathTo(place)), text).toMatch(/^Changed/);
    const after = await box.files.read('a.json');
    expect(read(after), text).toEqual(changed(value, place.slice(0, -1), (inner) => without(inner, place.at(-1))));
  }
});

test('what is added is there, every comment stays, and everything else means what it meant', async () => {
  for await (const { random, value, text, box } of trials(200)) {
    const place = [[], randomPlace(value, random)][random.below(2)] ?? [];
    const container = place.reduce<JsonValue>((inner, step) => (inner as Record<Step, JsonValue>)[step] ?? null, value);
    if (typeof container !== 'object' || container === null) continue;
    const index = Array.isArray(container) ? random.below(container.length + 1) : 'new key';
    const wanted = randomValue(random, 2);
    const answer = await box.json('add', 'a.json', pathTo([...place, index]), { value: given(wanted) });
    expect(answer, text).toMatch(/^Changed/);
    const insert = (inner: JsonValue): JsonValue =>
      Array.isArray(inner) && typeof index === 'number'
        ? inner.toSpliced(index, 0, wanted)
        : { ...(isJsonObject(inner) ? Object.fromEntries(Object.entries(inner)) : {}), [index]: wanted };
    const after = await box.files.read('a.json');
    expect(read(after), text).toEqual(changed(value, place, insert));
    expect(commentsIn(after), text).toEqual(commentsIn(text));
  }
});

test('removing several at once leaves what nobody named', async () => {
  for await (const { random, value, text, box } of trials(200)) {
    if (!Array.isArray(value) || value.length < 2) continue;
    const doomed = value.map((_, index) => index).filter(() => random.below(2) === 0);
    if (doomed.length === 0) continue;
    expect(await box.json('remove', 'a.json', `$[${doomed.join(',')}]`), text).toMatch(/^Changed/);
    expect(read(await box.files.read('a.json')), text).toEqual(value.filter((_, index) => !doomed.includes(index)));
  }
});
