// The agent in ten lines: a model, tools, and a loop over what happens. The model here is scripted, so this runs
// anywhere; `createRegistry(catalog, …).provider('groq', …).model('…')` is a real one.
import assert from 'node:assert/strict';
import { runAgent } from '@trae-cli/agent';
import { scriptedModel } from '@trae-cli/testkit';
import { rollDice } from './write-a-tool.js';

const model = scriptedModel([
  { text: 'I roll.', calls: [{ name: 'roll_dice', arguments: { dice: 1 } }] },
  { text: 'You rolled, and that was that.' },
]);

const options = {
  model,
  tools: [rollDice],
  instructions: 'You play dice.',
  root: process.cwd(),
  version: '1',
  maxSteps: 10,
  now: () => performance.now(),
};

let outcome;
for await (const event of runAgent('Roll a die.', options)) {
  if (event.type === 'message_added') console.log(event.message.role, JSON.stringify(event.message.content));
  if (event.type === 'run_finished') outcome = event.outcome;
}

assert.deepEqual(outcome, { status: 'completed', summary: 'You rolled, and that was that.' });
