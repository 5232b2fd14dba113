// A recorded run as a model: the journal of one run answers the next one, and says where the two part ways.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentOptions, runAgent } from '@trae-cli/agent';
import { createRedactor, defineTool, type Model, type RunOutcome, textOutput } from '@trae-cli/protocol';
import { scriptedModel } from '@trae-cli/testkit';
import { createTrajectory, readTrajectory, replayModel } from '@trae-cli/trajectory';
import { z } from 'zod';

const folder = await mkdtemp(join(tmpdir(), 'replay-a-run-'));
const path = join(folder, 'run.jsonl');

const clock = (reading: string) =>
  defineTool({
    name: 'read_clock',
    description: 'Reads the clock.',
    effect: 'read',
    input: z.object({}),
    run: async () => textOutput(reading),
  });

const options = (model: Model, reading: string): AgentOptions => ({
  model,
  tools: [clock(reading)],
  instructions: 'You read clocks.',
  root: folder,
  version: '1',
  maxSteps: 5,
  now: () => performance.now(),
});

async function record(): Promise<void> {
  const model = scriptedModel([{ calls: [{ name: 'read_clock', arguments: {} }] }, { text: 'It is noon.' }]);
  await using trajectory = await createTrajectory({ path, now: () => new Date(), redactor: createRedactor([]) });
  for await (const event of runAgent('What time is it?', options(model, 'noon'))) trajectory.append(event);
}

async function replay(reading: string): Promise<RunOutcome | undefined> {
  const model = await replayModel(readTrajectory(path), { root: folder, temporaryDirectory: tmpdir() });
  for await (const event of runAgent('What time is it?', options(model, reading))) {
    if (event.type === 'run_finished') return event.outcome;
  }
  return undefined;
}

await record();

const same = await replay('noon');
assert.deepEqual(same, { status: 'completed', summary: 'It is noon.' });

const different = await replay('midnight');
assert.equal(different?.status, 'failed');
console.log('The same again:', JSON.stringify(same));
console.log('Another answer:', JSON.stringify(different));
await rm(folder, { recursive: true });
