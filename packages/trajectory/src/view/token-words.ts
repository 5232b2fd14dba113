import { formatCount } from '@trae-cli/protocol';
import type { RecordedUsage } from '../document/recorded-document.js';
import { plural } from './text.js';

const addUp = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : one + (other ?? 0);

/** The sum of what is known. */
export const addTokens = (total: RecordedUsage, usage: RecordedUsage): RecordedUsage => ({
  input_tokens: addUp(total.input_tokens, usage.input_tokens),
  output_tokens: addUp(total.output_tokens, usage.output_tokens),
  cache_read_input_tokens: addUp(total.cache_read_input_tokens, usage.cache_read_input_tokens),
  cache_creation_input_tokens: addUp(total.cache_creation_input_tokens, usage.cache_creation_input_tokens),
  reasoning_tokens: addUp(total.reasoning_tokens, usage.reasoning_tokens),
});

/**
 * Token counts of a document. Whether what came from the cache is a part of the input, and reasoning a part of the
 * output, is different from vendor to vendor in the original's files, so that no more is said than that it was so much.
 */
export function tokenWords(usage: RecordedUsage | undefined): string {
  if (usage === undefined) return 'tokens not reported';
  const details = (
    [
      [usage.cache_read_input_tokens, 'read from the cache'],
      [usage.cache_creation_input_tokens, 'written to the cache'],
      [usage.reasoning_tokens, 'for reasoning'],
    ] as const
  ).flatMap(([count = 0, what]) => (count > 0 ? [`${formatCount(count)} ${what}`] : []));
  const counted = `${plural(usage.input_tokens ?? 0, 'token')} in, ${formatCount(usage.output_tokens ?? 0)} out`;
  return details.length === 0 ? counted : `${counted} (${details.join(', ')})`;
}
