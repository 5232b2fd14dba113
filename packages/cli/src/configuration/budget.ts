import type { BudgetLimits } from '@trae-cli/agent';
import type { LoadedConfig } from '@trae-cli/config';
import { type Model, TraeError } from '@trae-cli/protocol';
import type { RunFlags } from '../flags/flags.js';
import type { ModelChoice } from '../model/model-choice.js';

/** What a run may use: the flags, else the files. */
export function budgetFor({ maxCost, maxTotalTokens }: RunFlags, { general }: LoadedConfig): BudgetLimits {
  const tokens = maxTotalTokens ?? general.maxTotalTokens?.value;
  const dollars = maxCost ?? general.maxCost?.value;
  return {
    ...(tokens === undefined ? {} : { maxTokens: tokens }),
    ...(dollars === undefined ? {} : { maxCostUsd: dollars }),
  };
}

/** Throws where a cost is to be limited that nobody could reckon; a recorded run costs nothing. */
export async function requirePrice({ maxCostUsd }: BudgetLimits, choice: ModelChoice, { ref }: Model): Promise<void> {
  if (maxCostUsd === undefined || !choice.isLive || choice.reportsCost) return;
  if ((await choice.provider.priceOf?.(ref.model)) !== undefined) return;
  throw new TraeError(
    'usage',
    `What ${ref.model} costs at ${ref.provider} is not known, so its cost cannot be limited.`,
    {
      hint: `Limit the tokens with --max-total-tokens, or say the price, in US dollars for a million tokens: "models": {${JSON.stringify(ref.model)}: {"price": {"input": 1, "output": 5}}} under model_providers.${ref.provider}.`,
    },
  );
}
