import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import {
  type AgentEvent,
  createRedactor,
  foldSession,
  type JsonValue,
  Secret,
  textOf,
  userMessage,
} from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { createTrajectory, type TrajectoryWriter } from '../../src/index.js';
import { describe, expect, test } from 'vitest';
import { recordedRuns } from '../document/recorded-runs.js';
import { eventsIn, openJournal, readAll, writeJournal } from '../journal-file.js';
import { commandRun, commandStep, messageAdded, runStarted, toolMessage } from '../sample-run.js';

const run = commandRun('Fix the test.', [{ command: 'npm test', output: 'ok 1\nok 2' }]);

test('folding the file gives the session that was in memory', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  await writeJournal(path, run);
  expect(await foldSession(eventsIn(path))).toEqual(await foldSession(run));
});

test('the lines handed back are the lines of the file, numbered and dated', async () => {
  await using folder = await tempWorkspace();
  await using journal = await openJournal(folder.path('run.jsonl'));
  const lines = run.map((event) => journal.append(event));
  expect(await folder.read('run.jsonl')).toBe(lines.map((line) => `${line}\n`).join(''));
  expect(JSON.parse(lines[1] ?? '')).toEqual({ v: 1, seq: 2, at: '2026-05-01T12:00:01.000Z', event: run[1] });
});

test('a line is in the file before append returns', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  await using journal = await openJournal(path);
  for (const [index, event] of run.entries()) {
    journal.append(event);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(index + 2);
  }
});

test('ephemeral events leave no line and take no number', async () => {
  await using folder = await tempWorkspace();
  await using journal = await openJournal(folder.path('run.jsonl'));
  const delta: AgentEvent = { type: 'model_event', step: 1, event: { type: 'text_delta', part: 0, text: 'hello' } };
  const report: AgentEvent = { type: 'tool_reported', step: 1, callId: 'call_1', text: 'half way' };
  expect([journal.append(delta), journal.append(report)]).toEqual([undefined, undefined]);
  journal.append({ type: 'step_started', step: 1 });
  expect((await readAll(journal.path)).map(({ seq }) => seq)).toEqual([1]);
});

test('the file is for its owner alone, also where it replaces one that was not', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('a', 'deep', 'folder', 'run.jsonl');
  await writeJournal(path, run);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await chmod(path, 0o644);
  await writeJournal(path, run);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a journal and a document are replaced', async () => {
  await using folder = await tempWorkspace({
    'document.json': JSON.stringify({ task: 'x', llm_interactions: [], agent_steps: [] }, null, 2),
  });
  const path = folder.path('run.jsonl');
  const first = await writeJournal(path, run);
  expect(await writeJournal(path, run)).toBe(first);
  expect(await writeJournal(folder.path('document.json'), run)).toBe(first);
});

test('any other file is refused and left as it is', async () => {
  await using folder = await tempWorkspace({ 'notes.txt': 'Precious.\n' });
  await expect(openJournal(folder.path('notes.txt'))).rejects.toMatchObject({
    code: 'usage',
    message: `The trajectory cannot be written to ${folder.path('notes.txt')}: it is there already and is not a trajectory.`,
    hint: expect.stringContaining('--trajectory-file') as string,
  });
  expect(await folder.read('notes.txt')).toBe('Precious.\n');
});

describe('a path that cannot be written is refused before the run, with the reason', () => {
  test.each([
    ['a directory', 'folder', 'it is a directory'],
    ['something inside a file', 'file.txt/run.jsonl', 'a part of the path is not a directory'],
    ['a link to itself', 'loop', 'a link that leads back to itself'],
    ['a name that is too long', 'x'.repeat(300), 'the name is too long'],
  ])('%s', async (_name, path, reason) => {
    await using folder = await tempWorkspace({ 'file.txt': '' });
    await mkdir(folder.path('folder'));
    await symlink('loop', folder.path('loop'));
    await expect(openJournal(folder.path(path))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(reason) as string,
    });
  });
});

const openFull = (): Promise<TrajectoryWriter> =>
  createTrajectory({ path: '/dev/full', now: () => new Date(0), redactor: createRedactor([]) });

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is a failure to tell, not an exception, and lines go on',
  async () => {
    await using journal = await openFull();
    expect(journal.failure).toBeUndefined();
    const lines = run.map((event) => journal.append(event));
    expect(journal.failure).toMatchObject({ code: 'ENOSPC' });
    expect(lines.every((line) => line !== undefined && JSON.parse(line) !== null)).toBe(true);
  },
);

test('what is appended after the end is not written anywhere, and the failure says so', async () => {
  await using folder = await tempWorkspace();
  const journal = await openJournal(folder.path('run.jsonl'));
  await journal[Symbol.asyncDispose]();
  await journal[Symbol.asyncDispose]();
  expect(journal.failure).toBeUndefined();
  expect(journal.append({ type: 'step_started', step: 1 })).toContain('step_started');
  expect(journal.failure?.message).toContain('already closed');
  expect(await folder.read('run.jsonl')).toBe('');
});

describe('a canary secret never reaches the disk, and every line stays JSON', () => {
  test.each([
    ['plain', 'sk-canary-0123456789'],
    ['with quotes and backslashes', 'can"ary\\secret"01'],
    ['with line feeds and tabs', 'canary\nsecret\t0123'],
    ['with letters beyond ASCII', 'canarý-秘密-0123456'],
    ['that begins like an escape', 'ncanary-0123456789'],
    ['with U+2028', 'canary\u2028secret-0123'],
    ['of digits alone', '01234567890123'],
    ['that is JSON', '{"canary":"0123456789"}'],
  ])('%s', async (_name, value) => {
    await using folder = await tempWorkspace();
    const output = `key=${value}\nas JSON: ${JSON.stringify({ key: value })}\nin an address: ?key=${encodeURIComponent(value)}`;
    const events: readonly AgentEvent[] = [
      runStarted(`Use the key ${value}.`),
      messageAdded(0, userMessage(`Use the key ${value}.`)),
      ...commandStep(1, { command: `curl -H "Authorization: ${value}"`, output }),
      { type: 'tool_finished', step: 1, callId: 'call_1', status: 'ok', durationMs: 1, details: { [value]: [value] } },
    ];
    const text = await writeJournal(folder.path('run.jsonl'), events, [new Secret(value, 'a "quoted" \\ origin')]);
    for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]) {
      expect(text).not.toContain(form);
      expect(text).not.toContain(JSON.stringify(form).slice(1, -1));
    }
    expect(await readAll(folder.path('run.jsonl'))).toHaveLength(events.length);
    expect(text).toContain('[redacted: a \\"quoted\\"');
  });
});

test('text that only looks like an escaped secret stays JSON', async () => {
  await using folder = await tempWorkspace();
  const secret = new Secret('nabcdefghi', 'KEY');
  const text = 'before\nabcdefghi';
  await writeJournal(folder.path('run.jsonl'), [messageAdded(1, toolMessage('call_1', text))], [secret]);
  const [record] = await readAll(folder.path('run.jsonl'));
  expect(record?.event.type === 'message_added' && textOf(record.event.message.content)).toBe(text);
});

/** Every name of a field, and every value that is one of our words rather than somebody's. */
function wordsIn(json: JsonValue): readonly string[] {
  if (typeof json === 'string') return /^[a-z]+(_[a-z]+)*$/.test(json) ? [json] : [];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]: [string, JsonValue]) => [key, ...wordsIn(value)]);
}

test('a key that is a word of the record does not make the record unreadable', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  const events = Object.values(recordedRuns).flat();
  const words = new Set(events.flatMap((event) => wordsIn(JSON.parse(JSON.stringify(event)) as JsonValue)));
  for (const word of words) {
    await writeJournal(path, events, [new Secret(word, 'KEY')]);
    expect(
      (await readAll(path)).map(({ event }) => event.type),
      word,
    ).toEqual(events.map(({ type }) => type));
  }
});

test('line separators, lone surrogates and control characters come back as they were', async () => {
  await using folder = await tempWorkspace();
  const text = 'a\u2028b\u2029c\u0085d\ud800e\udc00f\u0000g\r\nh\u{1f600}';
  const event = messageAdded(1, toolMessage('call_1', text));
  const file = await writeJournal(folder.path('run.jsonl'), [event, event]);
  expect((await readAll(folder.path('run.jsonl'))).map((record) => record.event)).toEqual([event, event]);
  expect(Buffer.from(file, 'utf8').toString('utf8')).toBe(file);
});

test('200 steps of 20 kB take at most 1.3 times their distinct content', async () => {
  await using folder = await tempWorkspace();
  const line = 'src/module/file.ts:42:7 - a line of "output", as a compiler prints it\n';
  const exchanges = Array.from({ length: 200 }, (_, index) => ({
    command: `echo ${index}`,
    output: `${index}\n${line.repeat(Math.ceil(20_000 / line.length))}`,
  }));
  const events = commandRun('Print a lot.', exchanges);
  const file = await writeJournal(folder.path('run.jsonl'), events);
  const distinct = exchanges.reduce((sum, { command, output }) => sum + Buffer.byteLength(command + output), 0);
  expect(Buffer.byteLength(file)).toBeLessThan(1.3 * distinct);
});
