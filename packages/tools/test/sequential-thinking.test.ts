import type { JsonObject } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { textOfResult, toolbox, type Toolbox } from './toolbox.js';

const think = async (box: Toolbox, more: JsonObject = {}): Promise<unknown> => {
  const thought = { thought: 'It is the cache.', next_thought_needed: true, thought_number: 1, total_thoughts: 3 };
  return JSON.parse(textOfResult(await box.call('sequentialthinking', { ...thought, ...more })));
};

test('a thought is answered with the state of the count', async () => {
  await using box = await toolbox();
  expect(await think(box)).toEqual({
    thought_number: 1,
    total_thoughts: 3,
    next_thought_needed: true,
    branches: [],
    thought_history_length: 1,
  });
  expect(await think(box, { thought_number: 5, next_thought_needed: false })).toMatchObject({
    thought_number: 5,
    total_thoughts: 5,
    next_thought_needed: false,
    thought_history_length: 2,
  });
});

test('branches are remembered once, and only those that begin somewhere', async () => {
  await using box = await toolbox();
  await think(box, { branch_from_thought: 1, branch_id: 'b' });
  await think(box, { branch_from_thought: 1, branch_id: 'b', is_revision: true, revises_thought: 1 });
  await think(box, { branch_from_thought: 0, branch_id: 'none' });
  await think(box, { branch_id: 'none', branch_from_thought: null });
  expect(await think(box, { branch_from_thought: 2, branch_id: 'c' })).toMatchObject({
    branches: ['b', 'c'],
    thought_history_length: 5,
  });
});

test('every run counts for itself', async () => {
  await using one = await toolbox();
  await using other = await toolbox();
  await think(one);
  expect(await think(other)).toMatchObject({ thought_history_length: 1 });
});

test.each([
  [{ thought_number: 0 }, /thought_number/],
  [{ total_thoughts: 1.5 }, /total_thoughts/],
  [{ revises_thought: -1 }, /revises_thought/],
  [{ thought: 7 }, /thought/],
])('%j is answered with what is wrong, and not counted', async (wrong, answer) => {
  await using box = await toolbox();
  const call = { thought: 'x', next_thought_needed: true, thought_number: 1, total_thoughts: 1, ...wrong };
  expect(textOfResult(await box.call('sequentialthinking', call))).toMatch(answer);
  expect(await think(box)).toMatchObject({ thought_history_length: 1 });
});
