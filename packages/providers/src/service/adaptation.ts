import type { Dialect } from '../dialect.js';

/** Ways of a protocol that some services do not know, and what is done there instead, in words for the person. */
export const adaptations = {
  system_role: 'The instructions are sent as a system message: the service knows no other.',
  no_reasoning: 'What the model thought before is not sent back to it: the service does not accept it.',
  no_cache_marks: 'Nothing is marked for the cache: the service does not know the marks.',
  other_key_header: 'The key is sent in the other of the two headers for it: the service does not look at the first.',
  opens_in_thought: 'An answer is taken to begin with a thought, although nothing says so.',
  no_finish_reason: 'An answer may end without a reason for it.',
} as const satisfies Record<string, string>;

export type Adaptation = keyof typeof adaptations;

/** What an adaptation changes in how answers are read. */
export const readingOf = (adaptations: readonly Adaptation[]): Partial<Dialect> => ({
  ...(adaptations.includes('opens_in_thought') ? { opensInThought: true } : {}),
  ...(adaptations.includes('no_finish_reason') ? { omitsFinishReason: true } : {}),
});

export const isAdaptation = (word: string): word is Adaptation => Object.hasOwn(adaptations, word);
