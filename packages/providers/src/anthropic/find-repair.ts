import { isJsonObject } from '@trae-cli/protocol';
import type { FindRepair } from '../service/find-repair.js';

/** `max_tokens: 200000 > 64000, which is the maximum allowed number of output tokens for …` */
const limitTooHigh = /max_tokens: [\d,]+ > ([\d,]+)/;

const numberOf = (digits: string | undefined): number => Number(digits?.replaceAll(',', ''));

const refusals: ReadonlySet<number | undefined> = new Set([400, 422]);

/** What only Messages know: where the key is, marks for the cache, the limit, and the ways to think. */
export const findRepair: FindRepair = ({ message, status }, { adaptations, parameters }) => {
  if (status === 401)
    return adaptations.includes('other_key_header') ? undefined : { type: 'adapt', to: 'other_key_header' };
  if (!refusals.has(status)) return undefined;
  if (/cache_control/.test(message) && !adaptations.includes('no_cache_marks'))
    return { type: 'adapt', to: 'no_cache_marks' };
  const most = numberOf(limitTooHigh.exec(message)?.[1]);
  if (Number.isInteger(most) && most > 0) return { type: 'lower', name: 'max_tokens', most, lasts: true };
  const { thinking } = parameters;
  if (isJsonObject(thinking) && thinking['type'] === 'enabled') {
    if (/\badaptive\b/.test(message)) return { type: 'set', name: 'thinking', value: { type: 'adaptive' } };
    if (/budget_tokens/.test(message)) return { type: 'leave_out', name: 'thinking' };
  }
  return /\beffort\b/.test(message) && 'output_config' in parameters
    ? { type: 'leave_out', name: 'output_config' }
    : undefined;
};
