import type { ReasoningEffort, Thinking } from '../thinking.js';

const budget = (tokens: number) => ({ thinking: { type: 'enabled', budget_tokens: tokens } }) as const;

/** For models up to 4.5 and those made like them, which do not think unless they are told to. Tokens. */
export const thinkingBudgets: Thinking = {
  none: {},
  minimal: 'low',
  low: budget(4096),
  medium: budget(12_288),
  high: budget(24_576),
};

const adaptive = (...efforts: readonly ReasoningEffort[]): Thinking => ({
  minimal: 'low',
  ...Object.fromEntries(
    efforts.map((effort) => [effort, { thinking: { type: 'adaptive' }, output_config: { effort } }]),
  ),
});

const off = { none: { thinking: { type: 'disabled' } } } as const;

/** For models from 4.6 on. */
export const adaptiveThinking: Thinking = { ...off, ...adaptive('low', 'medium', 'high', 'max') };

/** For the latest ones, which know a step between `high` and `max`. */
export const latestThinking: Thinking = { ...off, ...adaptive('low', 'medium', 'high', 'xhigh', 'max') };

/** For those that cannot do without. */
export const constantThinking: Thinking = adaptive('low', 'medium', 'high', 'xhigh', 'max');
