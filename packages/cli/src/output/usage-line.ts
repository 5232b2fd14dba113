import { formatCount, type Session } from '@trae-cli/protocol';

/** `~`: reckoned from the price of the model rather than told by the service. */
function describeCost({
  steps,
  stepsWithoutCost,
  usage,
}: Pick<Session, 'steps' | 'usage' | 'stepsWithoutCost'>): string {
  if (usage.costUsd === undefined) return 'cost unknown';
  if (usage.costUsd === 0 && stepsWithoutCost === 0) return 'free';
  const about = usage.isCostReckoned === true ? '~' : '';
  return `${about}$${usage.costUsd.toFixed(4)}${stepsWithoutCost > 0 && steps > 0 ? ' at least' : ''}`;
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
