import { userMessage } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { HeldRun } from '../src/held-run.js';

test('a run of empty messages has an end, too', () => {
  const held = new HeldRun('to replay');
  const empty = userMessage('');
  expect(() => {
    for (let count = 0; count < 1_500_000; count += 1) held.add(empty);
  }).toThrow('more than 256 million characters: too many to replay');
});

test('a run of some thousand steps is held', () => {
  const held = new HeldRun('to replay');
  const output = userMessage('x'.repeat(30_000));
  expect(() => {
    for (let count = 0; count < 5_000; count += 1) held.add(output);
  }).not.toThrow();
});
