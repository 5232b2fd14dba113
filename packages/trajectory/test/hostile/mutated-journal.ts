import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import { recordedRuns } from '../document/recorded-runs.js';

/** Chance that can be repeated: the same seed gives the same numbers (mulberry32). */
export function chanceOf(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

type Chance = ReturnType<typeof chanceOf>;

/** JSON text of what somebody might put in a field to do harm. */
const oddities: readonly string[] = [
  'null',
  'true',
  '-1',
  '1.5',
  '1e308',
  '1e999',
  '""',
  '"/"',
  '"constructor"',
  '"\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\u202e"',
  '"\\ud800\\u0000"',
  `"${'/a'.repeat(3000)}"`,
  '[]',
  '{}',
  '{"__proto__":{"polluted":true}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
];

export function oddText(value: JsonValue, chance: Chance): string {
  if (chance(60) === 0) return oddities[chance(oddities.length)] ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => oddText(item, chance)).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${oddText(inner, chance)}`);
  if (chance(40) === 0) fields.push(`"__proto__":${oddities[chance(oddities.length)]}`);
  return `{${fields.join()}}`;
}

const runs = Object.values(recordedRuns);

/** The lines of a journal in which some fields are not what they were. */
export function mutatedJournal(seed: number): string {
  const chance = chanceOf(seed);
  const events = runs[chance(runs.length)] ?? [];
  const lines = events.flatMap((event, index) => {
    if (chance(40) === 0) return [];
    const record = { v: 1, seq: index + 1, at: '2026-05-01T12:00:00.000Z', event };
    return [oddText(JSON.parse(JSON.stringify(record)) as JsonValue, chance)];
  });
  const text = `${lines.join('\n')}\n`;
  return chance(5) === 0 ? text.slice(0, chance(text.length)) : text;
}
