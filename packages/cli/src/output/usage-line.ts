import { formatCost, formatCount, type Session } from '@trae-cli/protocol';

function describeCost({
  steps,
  stepsWithoutCost,
  usage,
}: Pick<Session, 'steps' | 'usage' | 'stepsWithoutCost'>): string {
  const { costUsd } = usage;
  if (costUsd === undefined) return 'cost unknown';
  return `${formatCost({ ...usage, costUsd })}${stepsWithoutCost > 0 && steps > 0 ? ' at least' : ''}`;
}

/** Tokens and cost in words; what nobody reported is unknown, never zero. */
export function describeUsage(
  session: Pick<Session, 'steps' | 'usage' | 'stepsWithoutUsage' | 'stepsWithoutCost'>,
): string {
  if (session.steps === session.stepsWithoutUsage) return 'tokens unknown';
  const { input, output, cacheRead, cacheWrite } = session.usage;
  const read = input + cacheRead + cacheWrite;
  const cached = cacheRead === 0 ? '' : ` (${Math.round((100 * cacheRead) / read)}% cached)`;
  const incomplete = session.stepsWithoutUsage === 0 ? '' : ' at least';
  return `${formatCount(read)}${incomplete} tokens in${cached}, ${formatCount(output)} out · ${describeCost(session)}`;
}
