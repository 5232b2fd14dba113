import type { StopReason } from '@trae-cli/protocol';

/** What to say of an answer that is not whole. */
export const brokenAnswers: Readonly<Partial<Record<StopReason, string>>> = {
  length: 'The answer was cut off at its length limit.',
  filtered: 'The answer was stopped by a content filter.',
};
