import { readFile } from 'node:fs/promises';
import { foldSession } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { appendText, collect, eventsIn, readAll, replaceText, writeJournal } from '../journal-file.js';
import { commandRun, commandStep, messageAdded, toolMessage } from '../sample-run.js';
import { readTrajectory } from '../../src/index.js';

const run = commandRun('Fix the test.', [{ command: 'npm test', output: 'ok 1 – grün\nok 2 ✓' }]);

test('a journal cut at any byte reads as the records that are whole', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  const firstStep = run.slice(0, 9);
  await writeJournal(path, firstStep);
  const bytes = await readFile(path);
  const records = await readAll(path);
  let whole = 0;
  for (let length = 0; length <= bytes.length; length += 1) {
    await replaceText(path, bytes.subarray(0, length));
    // A record is whole with its closing brace, the line feed after it or not.
    if (bytes[length] === 0x0a) whole += 1;
    expect(await readAll(path)).toEqual(records.slice(0, whole));
  }
  expect(whole).toBe(firstStep.length);
});

test('many runs in one journal are read as one', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  const second = commandRun('And now the other.', []);
  await writeJournal(path, [...run, ...second]);
  expect((await readAll(path)).map(({ event }) => event)).toEqual([...run, ...second]);
  expect(await foldSession(eventsIn(path))).toEqual(await foldSession([...run, ...second]));
});

test('events of unknown types are skipped, and fields nobody knows do not matter', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  await writeJournal(path, run.slice(0, 1));
  await appendText(
    path,
    [
      '{"v":1,"seq":2,"at":"2026-05-01T12:00:01.000Z","event":{"type":"moon_risen","phase":"full"}}',
      '{"v":1,"seq":3,"at":"2026-05-01T12:00:02.000Z","extra":1,"event":{"type":"step_started","step":1,"mood":"good"}}',
      '',
    ].join('\n'),
  );
  expect((await readAll(path)).map(({ seq, event }) => [seq, event.type])).toEqual([
    [1, 'run_started'],
    [3, 'step_started'],
  ]);
});

test('reading can stop at any record', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  await writeJournal(path, run);
  for await (const { seq } of readTrajectory(path)) if (seq === 2) break;
  expect(await readAll(path)).toHaveLength(run.length);
});

test('a line longer than any buffer is read whole', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  const event = messageAdded(1, toolMessage('call_1', 'é'.repeat(500_000)));
  await writeJournal(path, [event]);
  expect((await readAll(path)).map((record) => record.event)).toEqual([event]);
});

const start = '{"v":1,"seq":1,"at":"2026-05-01T12:00:00.000Z","event":{"type":"step_started","step":1}}\n';

describe('a file that is not a journal is a clear error', () => {
  test.each([
    ['prose', 'Dear diary.\n', 'is not a trajectory: its first line is not a record'],
    ['prose without an end', 'Dear diary.', 'is not a trajectory'],
    ['other JSON', '{"name":"package"}\n', 'is not a trajectory'],
    ['bytes', '\u0000\u0001\u0002', 'is not a trajectory'],
    ['a document', JSON.stringify({ task: '', llm_interactions: [], agent_steps: [] }, null, 2), 'one JSON document'],
    ['a damaged line', `${start}{"v":1,"seq":2,\n${start}`, 'line 2: the journal is damaged here'],
    ['a date that is none', start.replace('2026-05-01T12:00:00.000Z', 'noon'), 'is not a trajectory'],
    ['a newer version', `${start}${start.replace('"v":1', '"v":2')}`, 'line 2: written by a newer trae-cli'],
    [
      'a malformed event',
      start.replace('"step":1', '"step":"one"'),
      'line 1: the journal is damaged here (event.step:',
    ],
  ])('%s', async (_name, content, message) => {
    await using folder = await tempWorkspace({ 'run.jsonl': content });
    const path = folder.path('run.jsonl');
    await expect(readAll(path)).rejects.toMatchObject({
      name: 'TraeError',
      code: 'usage',
      message: expect.stringContaining(message) as string,
      hint: expect.any(String) as string,
    });
    await expect(readAll(path)).rejects.toThrow(path);
  });

  test.each([
    ['missing', 'none.jsonl', 'there is no such file or directory'],
    ['a directory', '.', 'it is a directory'],
  ])('%s', async (_name, path, reason) => {
    await using folder = await tempWorkspace();
    await expect(readAll(folder.path(path))).rejects.toMatchObject({
      code: 'usage',
      message: `The trajectory ${folder.path(path)} cannot be read: ${reason}.`,
    });
  });
});

test('a stop reason and an error code from the future are read as the general one', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  await writeJournal(path, commandStep(1, { command: 'ls', output: '' }));
  const text = (await folder.read('run.jsonl')).replace('"stop":"tool_calls"', '"stop":"paused"');
  await replaceText(
    path,
    `${text}{"v":1,"seq":9,"at":"2026-05-01T12:00:00.000Z","event":{"type":"run_finished","steps":1,"outcome":{"status":"failed","error":{"code":"novel","message":"m"}}}}\n`,
  );
  const events = await collect(eventsIn(path));
  expect(events.at(-2)).toMatchObject({ stop: 'other' });
  expect(events.at(-1)).toMatchObject({ outcome: { error: { code: 'internal', message: 'm' } } });
});
