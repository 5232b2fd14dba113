import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import { Random } from '@trae-cli/testkit';
import { recordedRuns } from '../document/recorded-runs.js';

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

export function oddText(value: JsonValue, random: Random): string {
  if (random.chance(1 / 60)) return random.pick(oddities);
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => oddText(item, random)).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${oddText(inner, random)}`);
  if (random.chance(1 / 40)) fields.push(`"__proto__":${random.pick(oddities)}`);
  return `{${fields.join()}}`;
}

const runs = Object.values(recordedRuns);

/** The lines of a journal in which some fields are not what they were. */
export function mutatedJournal(seed: number): string {
  const random = new Random(seed);
  const events = random.pick(runs);
  const lines = events.flatMap((event, index) => {
    if (random.chance(1 / 40)) return [];
    const record = { v: 1, seq: index + 1, at: '2026-05-01T12:00:00.000Z', event };
    return [oddText(JSON.parse(JSON.stringify(record)) as JsonValue, random)];
  });
  const text = `${lines.join('\n')}\n`;
  return random.chance(1 / 5) ? text.slice(0, random.below(text.length)) : text;
}
