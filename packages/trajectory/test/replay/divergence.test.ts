import { type Message, type ToolMessage, userMessage } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { replayModel } from '../../src/index.js';
import { recordsOf } from '../journal-file.js';
import { commandRun, toolMessage } from '../sample-run.js';
import { ask } from './drive.js';

const recorded = ['# tests', 'ok 1 - adds', 'ok 2 - subtracts', 'ok 3 - divides', 'exit code: 0', '# end'];

async function divergenceOf(...answers: readonly Message[]): Promise<string> {
  const model = await replayModel(
    recordsOf(commandRun('x', [{ command: 'node --test', output: recorded.join('\n') }])),
    { root: '/home/me/project', temporaryDirectory: '/tmp' },
  );
  const { message } = await ask(model, [userMessage('x')]);
  const error: unknown = await ask(model, [userMessage('x'), message, ...answers]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'TraeError', code: 'replay_diverged', retryable: false });
  return error instanceof Error ? error.message : '';
}

test('a difference is shown with its step, its call, its line and the lines around it', async () => {
  const now = recorded.with(4, 'exit code: 1').join('\n');
  expect(await divergenceOf(toolMessage('call_1', now))).toBe(
    [
      'Step 2 no longer matches the recording: the answer to bash {"command":"node --test"} (call_1) is not what was recorded.',
      'The first difference is in line 5:',
      '    ok 1 - adds',
      '    ok 2 - subtracts',
      '    ok 3 - divides',
      '  - exit code: 0   (recorded)',
      '  + exit code: 1   (now)',
      '    # end',
    ].join('\n'),
  );
});

test('of a long line the part that differs is shown', async () => {
  const line = `${'x'.repeat(5_000)}y${'z'.repeat(5_000)}`;
  const message = await divergenceOf(toolMessage('call_1', recorded.with(0, line).join('\n')));
  expect(message).toContain('  + xxx');
  const later = await divergenceOf(toolMessage('call_1', [...recorded, line].join('\n')));
  expect(later).toContain('  - (nothing more)   (recorded)\n  + xxx');
  expect(Math.max(message.length, later.length)).toBeLessThan(1_000);
});

test('control characters are shown, not obeyed', async () => {
  expect(await divergenceOf(toolMessage('call_1', recorded.with(0, '\u001b[2J# tests').join('\n')))).toContain(
    '  + \\u001b[2J# tests   (now)',
  );
});

test('a missing answer is named', async () => {
  expect(await divergenceOf()).toContain('(call_1) was recorded and is missing in this run.');
});

test('an answer too many is named', async () => {
  const message = await divergenceOf(toolMessage('call_1', recorded.join('\n')), userMessage('And then?'));
  expect(message).toContain('the user message is new: it was not recorded.');
});

test('another kind of message in its place is named', async () => {
  expect(await divergenceOf(userMessage('Hello.'))).toContain('was recorded, and this run has the user message.');
});

test('an answer to another call is a difference', async () => {
  expect(await divergenceOf(toolMessage('call_9', recorded.join('\n')))).toContain('(call_9)');
});

test('a call that fails now and did not then is a difference, whatever it says', async () => {
  expect(await divergenceOf(toolMessage('call_1', recorded.join('\n'), 'error'))).toMatch(
    /the call succeeded when it was recorded and failed now\.$/,
  );
});

test('another picture is a difference', async () => {
  const picture = (base64: string): ToolMessage => ({
    ...toolMessage('call_1', ''),
    content: [{ type: 'image', mediaType: 'image/png', base64 }],
  });
  expect(await divergenceOf(picture('AAAA'))).toContain('[image/png, AAAA]');
});

test('another task is a difference of the first step', async () => {
  const model = await replayModel(recordsOf(commandRun('Fix it.', [])), {
    root: '/home/me/project',
    temporaryDirectory: '/tmp',
  });
  await expect(ask(model, [userMessage('Break it.')])).rejects.toThrow(
    'Step 1 no longer matches the recording: the user message is not what was recorded.',
  );
});
