import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { TraeError, userMessage } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { plainStyle, readTrajectory, renderTrajectory, replayModel, toTraeDocument } from '../../src/index.js';
import { fileKind } from '../../src/journal/file-kind.js';
import { collect, readAll, recordsOf, replaceText, writeJournal } from '../journal-file.js';
import { ask, output, play } from '../replay/drive.js';
import { commandStep, messageAdded, runStarted } from '../sample-run.js';
import { mutatedJournal } from './mutated-journal.js';

const places = { root: '/home/me/project', temporaryDirectory: '/tmp' };
const readers = {
  shown: async (path: string) => (await collect(renderTrajectory(readTrajectory(path), plainStyle))).join(''),
  documented: async (path: string) => {
    JSON.stringify(await toTraeDocument(readTrajectory(path)));
    return '';
  },
  replayed: async (path: string) => {
    const model = await replayModel(readTrajectory(path), places);
    await play(model, 'Fix the test.', output('ok'));
    return '';
  },
} as const;

// oxlint-disable-next-line no-control-regex -- what a terminal would obey
const commands = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/;

/** What a person sees of a reading: its text, or the code of the error that it was refused with. */
async function seen(reading: Promise<string>): Promise<{ readonly text: string; readonly code: string }> {
  try {
    return { text: await reading, code: 'read' };
  } catch (error) {
    return { text: '', code: error instanceof TraeError ? error.code : String(error) };
  }
}

describe.each(Object.entries(readers))('a journal that was tampered with is %s, or refused in words', (_name, read) => {
  test.each([1, 2, 3, 4])('seed %d', async (seed) => {
    await using folder = await tempWorkspace();
    const path = folder.path('run.jsonl');
    for (let round = 0; round < 150; round += 1) {
      await replaceText(path, mutatedJournal(seed * 150 + round));
      const { text, code } = await seen(read(path));
      expect(['read', 'usage', 'replay_diverged'], `seed ${seed * 150 + round}`).toContain(code);
      expect(text).not.toMatch(commands);
      expect('polluted' in {}).toBe(false);
    }
  });
});

test.each(Object.entries(readers))('a call nested deeper than any stack is %s', async (_name, read) => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  const nested = `{"command":"ls","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const call = { type: 'tool_call', id: 'call_1', name: 'bash', arguments: nested } as const;
  const said = messageAdded(1, { role: 'assistant', content: [call], origin: { provider: 'p', model: 'm' } });
  await writeJournal(path, [runStarted('Go.'), messageAdded(0, userMessage('Fix the test.')), said]);
  expect(['read', 'replay_diverged']).toContain((await seen(read(path))).code);
});

describe('a file that has no end', () => {
  test.skipIf(process.platform === 'win32')('of zeros is refused before it fills the memory', async () => {
    const before = process.memoryUsage().rss;
    await expect(readAll('/dev/zero')).rejects.toMatchObject({
      code: 'usage',
      message: '/dev/zero, line 1: the line is longer than 256 MiB, as none of a record is.',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(800 * 1024 * 1024);
  });

  test.skipIf(process.platform === 'win32')('of lines, in a pipe, is read as it comes', async () => {
    await using folder = await tempWorkspace();
    const path = folder.path('run.jsonl');
    await promisify(execFile)('mkfifo', [path]);
    const line = JSON.stringify({
      v: 1,
      seq: 1,
      at: '2026-05-01T12:00:00.000Z',
      event: { type: 'step_started', step: 1 },
    });
    const writing = promisify(execFile)('sh', ['-c', `yes '${line}' > "$1" || true`, 'sh', path]);
    let read = 0;
    for await (const { event } of readTrajectory(path)) {
      expect(event).toEqual({ type: 'step_started', step: 1 });
      if ((read += 1) === 5000) break;
    }
    await writing;
  });
});

test('a link that leads back to itself, and a file behind a link, are what they are', async () => {
  await using folder = await tempWorkspace({ 'run.jsonl': '{"v":1,"seq"' });
  await symlink('loop', folder.path('loop'));
  await symlink('run.jsonl', folder.path('link'));
  await expect(readAll(folder.path('loop'))).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('leads back to itself') as string,
  });
  expect(await fileKind(folder.path('link'))).toBe('journal');
});

test('a recording larger than the memory that it may take is refused before it has taken it', async () => {
  const text = 'x'.repeat(1024 * 1024);
  const endless = function* () {
    yield runStarted('Go.');
    for (;;) yield messageAdded(1, userMessage(text));
  };
  const records = (async function* () {
    for (const event of endless()) yield { v: 1 as const, seq: 1, at: '2026-05-01T12:00:00.000Z', event };
  })();
  await expect(replayModel(records, places)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('too many to replay') as string,
  });
});

test.each(['', '.', 'relative', '/', '//', `/${'a'.repeat(1_000_000)}`, '(', '/srv/pro[ject'])(
  'a recording made in place %# is replayed with its calls as they are',
  async (root) => {
    const events = [runStarted('Go.', root), ...commandStep(1, { command: 'echo /home/me/project', output: '' })];
    const model = await replayModel(recordsOf(events), places);
    const { message } = await ask(model, []);
    expect(message.content.at(-1)).toMatchObject({ arguments: '{"command":"echo /home/me/project"}' });
  },
);

test('a call full of paths is renamed in a time that grows with its length alone', async () => {
  const answered = (command: string, text: string) => commandStep(1, { command, output: text });
  const long = JSON.stringify({ command: '/a'.repeat(500_000) });
  const call = { type: 'tool_call', id: 'b', name: 'bash', arguments: long } as const;
  const events = [
    runStarted('Go.'),
    messageAdded(0, userMessage('Go.')),
    ...answered('mktemp', '/tmp/tmp.aaaaaaaaa1').slice(0, -1),
    messageAdded(2, { role: 'assistant', content: [call], origin: { provider: 'p', model: 'm' } }),
    { type: 'tool_started', step: 2, callId: 'b', name: 'bash' } as const,
  ];
  const model = await replayModel(recordsOf(events), places);
  const first = userMessage('Go.');
  const { message } = await ask(model, [first]);
  const answer = { role: 'tool', callId: 'call_1', ...output('/tmp/tmp.bbbbbbbbb2')(call) } as const;
  const second = await ask(model, [first, message, answer]);
  expect(second.message.content).toMatchObject([{ arguments: long }]);
});
