import { userMessage, type UserMessage, type Usage } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { messageSize } from '../src/conversation/message-size.js';
import { TokenEstimate } from '../src/conversation/token-estimate.js';

const promptOf = (input: number): Usage => ({ input, output: 5, reasoning: 0, cacheRead: 0, cacheWrite: 0 });

test('what was added since a report counts four characters a token at most, however dense the rest was', () => {
  const estimate = new TokenEstimate(10_000);
  estimate.markSent();
  estimate.learn(promptOf(1_000));
  expect(estimate.tokens).toBe(1_000);
  estimate.change(4_000);
  expect(estimate.tokens).toBe(2_000);
});

test('a report that cannot be about the whole prompt teaches nothing', () => {
  const estimate = new TokenEstimate(9_000);
  estimate.markSent();
  estimate.learn(promptOf(10));
  expect(estimate.tokens).toBe(3_000);
});

test('an image is as large as what vendors charge for one, whatever its bytes', () => {
  const imageOf = (base64: string): UserMessage => ({
    role: 'user',
    content: [{ type: 'image', mediaType: 'image/png', base64 }],
  });
  expect(messageSize(imageOf('A'))).toBe(messageSize(imageOf('A'.repeat(100_000))));
  expect((messageSize(imageOf('A')) - messageSize(userMessage(''))) / 3).toBe(2_000);
});
