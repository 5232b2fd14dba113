// A tool in ten lines: a name, a description, a schema, and a function. The model sees the schema; its words are
// checked against it; wrong arguments are answered without the function being called.
import assert from 'node:assert/strict';
import { defineTool, textOutput } from '@trae-cli/protocol';
import { z } from 'zod';

const rollDice = defineTool({
  name: 'roll_dice',
  description: 'Rolls dice and adds them up.',
  effect: 'read',
  input: z.object({ dice: z.number().int().min(1).max(20).describe('How many dice.') }),
  run: async ({ dice }) => {
    const rolls = Array.from({ length: dice }, () => 1 + Math.floor(Math.random() * 6));
    return textOutput(`${rolls.join(' + ')} = ${rolls.reduce((sum, roll) => sum + roll, 0)}`);
  },
});

const context = { signal: new AbortController().signal, report: () => undefined };

const rolled = await rollDice.invoke('{"dice": 2}', context);
assert.equal(rolled.kind, 'output');

const refused = await rollDice.invoke('{"dice": 99}', context);
assert.equal(refused.kind, 'failure');
console.log('A good call:', JSON.stringify(rolled));
console.log('A bad call: ', JSON.stringify(refused));
