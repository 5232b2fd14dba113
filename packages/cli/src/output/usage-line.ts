import { formatCount, type Session } from '@trae-cli/protocol';

/** Tokens and cost in words; what nobody reported is unknown, never zero. */
export function describeUsage(session: Session): string {
  if (session.steps === session.stepsWithoutUsage) return 'tokens unknown';
  const { input, output, cacheRead, cacheWrite, costUsd } = session.usage;
  const read = input + cacheRead + cacheWrite;
  const cached = cacheRead === 0 ? '' : ` (${Math.round((100 * cacheRead) / read)}% cached)`;
  const cost = costUsd === undefined ? '' : ` · $${costUsd.toFixed(4)}`;
  const incomplete = session.stepsWithoutUsage === 0 ? '' : ' at least';
  return `${formatCount(read)}${incomplete} tokens in${cached}, ${formatCount(output)} out${cost}`;
}
