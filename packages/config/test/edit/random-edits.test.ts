import type { JsonObject } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { editConfig } from '../../src/index.js';
import { readText } from '../read/document.js';
import { RandomFiles } from './random-files.js';

type Trial = {
  readonly before: string;
  readonly after: string;
  /** What stood there is no object or list: then there is nothing inside of it to lose. */
  readonly wasSimple: boolean;
  readonly wasAbsent: boolean;
  readonly isRefused: boolean;
};

function valueAt(values: JsonObject, path: readonly string[]): unknown {
  let found: unknown = values;
  for (const key of path) {
    const entries = typeof found === 'object' && found !== null ? Object.entries(found) : [];
    found = entries.find(([known]) => known === key)?.[1];
  }
  return found;
}

const valuesOf = async (name: string, text: string): Promise<JsonObject> => (await readText(name, text))?.values ?? {};

/** One file, one change; the change is made or the file is as it was. */
async function tryOne(name: string, before: string, files: RandomFiles): Promise<Trial> {
  await using place = await tempWorkspace({ [name]: before });
  const values = await valuesOf(name, before);
  const path = files.path(values);
  const value = files.random.chance(0.5) ? files.leaf() : files.object(1);
  const old = valueAt(values, path);
  const facts = { before, wasSimple: typeof old !== 'object' || old === null, wasAbsent: old === undefined };
  const refusal = await editConfig(place.path(name), [{ path, value }]).then(
    () => undefined,
    (error: unknown) => error,
  );
  const after = await place.read(name);
  const shown = `${before}\n=== ${path.join(' ')}\n${after}\n${String(refusal)}`;
  const expected = refusal === undefined ? value : old;
  expect(JSON.stringify(valueAt(await valuesOf(name, after), path)), shown).toBe(JSON.stringify(expected));
  expect(refusal === undefined || after === before, shown).toBe(true);
  return { ...facts, after, isRefused: refusal !== undefined };
}

/** Whether nothing of a text was lost, white space aside. */
function isWithin(before: string, after: string): boolean {
  let index = 0;
  for (const character of after.replaceAll(/\s/g, ''))
    if (before.replaceAll(/\s/g, '')[index] === character) index += 1;
  return index === before.replaceAll(/\s/g, '').length;
}

const remarksIn = (text: string): number => text.match(/(?:#|\/\/) (?:one|two: \{|"three)|# between/g)?.length ?? 0;

test.each(['trae_config.json', 'trae_config.yaml'])(
  'a hundred and twenty changes of random files called %s are made where they are meant, and nothing else is lost',
  async (name) => {
    for (let seed = 0; seed < 120; seed += 1) {
      const files = new RandomFiles(seed);
      const values = files.object();
      const text = name.endsWith('json') ? `${files.json(values)}\n` : files.yaml(values);
      const { after, before, isRefused, wasAbsent, wasSimple } = await tryOne(name, text, files);
      const shown = `seed ${seed}\n${before}\n===\n${after}`;
      expect(isRefused, shown).toBe(false);
      expect(!wasSimple || remarksIn(after) === remarksIn(before), shown).toBe(true);
      expect(!wasAbsent || isWithin(before, after) || /\bnull\b/.test(before), shown).toBe(true);
    }
  },
);
