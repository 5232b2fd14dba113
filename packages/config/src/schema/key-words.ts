import { z } from 'zod';

/** What people are told about one key. */
export type KeyWords = {
  /** What it takes, to follow "must be". */
  readonly accepts: string;
  /** Whole sentences. */
  readonly description: string;
  /** As JSON. */
  readonly example: string;
  /** What holds where nobody says anything; absent where nothing does. */
  readonly default?: string;
  /** Its text may be a secret, or hold one, and is never shown. */
  readonly isSecret?: true;
  /** `${NAME}` in it is replaced before it is checked. */
  readonly isText?: true;
};

/** The words of every key, found by its schema. */
export const keyWords = z.registry<KeyWords>();

/** The words of a key that is registered. */
export function wordsOf(schema: z.ZodType): KeyWords {
  const words = keyWords.get(schema);
  if (words === undefined) throw new Error('A key without words: register it where it is defined.');
  return words;
}

/** Such as `"a" or "b"`. */
export const alternatives = (values: readonly string[]): string =>
  values
    .map((value) => `"${value}"`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');
