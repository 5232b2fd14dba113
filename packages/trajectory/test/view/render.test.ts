import { fileURLToPath } from 'node:url';
import { type AgentEvent, userMessage } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { plainStyle, renderTrajectory, type TrajectoryStyle } from '../../src/index.js';
import { recordedRuns } from '../document/recorded-runs.js';
import { collect, recordsOf } from '../journal-file.js';
import { commandRun, commandStep, messageAdded, runStarted } from '../sample-run.js';

const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
const tagged: TrajectoryStyle = {
  strong: tag('strong'),
  faint: tag('faint'),
  accent: tag('accent'),
  success: tag('success'),
  failure: tag('failure'),
};

const rendered = async (events: readonly AgentEvent[], style = plainStyle): Promise<string> =>
  (await collect(renderTrajectory(recordsOf(events), style))).join('');

describe('a run as a person reads it', () => {
  test.each(Object.entries(recordedRuns))('%s', async (name, events) => {
    const path = fileURLToPath(new URL(`../fixtures/${name}.txt`, import.meta.url));
    await expect(await rendered(events)).toMatchFileSnapshot(path);
  });
});

test('colours are those handed in', async () => {
  const text = await rendered(recordedRuns['everything'] ?? [], tagged);
  expect(text).toContain('<strong>Step 1</strong>');
  expect(text).toContain('<faint>  Both can be asked at once.</faint>');
  expect(text).toContain('<accent>bash</accent>');
  expect(text).toContain('<failure>failed</failure>');
  expect(text).toContain('<success>Completed</success>');
});

test('long outputs and arguments keep head and tail, and long lines their beginning', async () => {
  const output = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
  const text = await rendered(commandRun('x', [{ command: output, output: `${output}\n${'y'.repeat(9_000)}` }]));
  expect(text).toContain('line 11\n');
  expect(text).toContain('… 81 more lines …');
  expect(text).toContain('… 75 more lines …');
  expect(text).toContain('… (9000 characters)');
  expect(text.length).toBeLessThan(3_000);
});

test('nothing that was recorded can command the terminal', async () => {
  const evil = '\u001b]0;title\u0007\u001b[2J\u009b31mred\r\u0008\u202e';
  const text = await rendered([
    runStarted(`task ${evil}`),
    messageAdded(0, userMessage(`task ${evil}`)),
    ...commandStep(1, { command: evil, output: evil }),
  ]);
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(text).toContain('red');
});

test('records are shown as they come, not when all have been read', async () => {
  let read = 0;
  async function* counted() {
    for await (const record of recordsOf(commandRun('x', [{ command: 'ls', output: 'a' }]))) {
      read += 1;
      yield record;
    }
  }
  for await (const text of renderTrajectory(counted(), plainStyle)) {
    expect(text).toContain('x\n');
    break;
  }
  expect(read).toBe(1);
});
