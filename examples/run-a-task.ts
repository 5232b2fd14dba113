// The agent in ten lines: a model, tools, and a loop over what happens. The model here is scripted, so that this runs
// anywhere; a real one is `await createRegistry(catalog, { clock, random }).provider('groq', { apiKey }).model(id, signal)`
// from @trae-cli/providers.
import assert from 'node:assert/strict';
import { type AgentOptions, runAgent } from '@trae-cli/agent';
import { type AgentEvent, defineTool, textOutput } from '@trae-cli/protocol';
import { scriptedModel } from '@trae-cli/testkit';
import { z } from 'zod';

const readClock = defineTool({
  name: 'read_clock',
  description: 'Reads the clock.',
  effect: 'read',
  input: z.object({}),
  run: async () => textOutput('noon'),
});

const options: AgentOptions = {
  model: scriptedModel([{ text: 'I look.', calls: [{ name: 'read_clock' }] }, { text: 'It is noon.' }]),
  tools: [readClock],
  instructions: 'You read clocks.',
  root: process.cwd(),
  version: '1',
  maxSteps: 10,
  now: () => performance.now(),
};

const events: AgentEvent[] = [];
for await (const event of runAgent('What time is it?', options)) events.push(event);

const said = events.flatMap((event) => (event.type === 'message_added' ? [event.message] : []));
for (const { role, content } of said) console.log(role, JSON.stringify(content));
assert.deepEqual(
  said.map(({ role }) => role),
  ['user', 'assistant', 'tool', 'assistant'],
);
assert.deepEqual(events.at(-1), {
  type: 'run_finished',
  outcome: { status: 'completed', summary: 'It is noon.' },
  steps: 2,
});
