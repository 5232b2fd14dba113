import { costOf, type Price, TraeError, type Usage } from '@trae-cli/protocol';
import type { BudgetLimits } from './options.js';

const allTokens = ({ cacheRead, cacheWrite, input, output }: Usage): number => input + output + cacheRead + cacheWrite;

/** What the least expensive way to send so many tokens costs: all of them from the cache. */
function leastCost(tokens: number, price: Price | undefined): number {
  if (price === undefined) return 0;
  return costOf({ input: 0, output: 0, reasoning: 0, cacheRead: tokens, cacheWrite: 0 }, price);
}

/** Counts what a run uses against what it may. What a service does not report is counted as estimated. */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #price: Price | undefined;
  #tokens = 0;
  #costUsd = 0;

  constructor(limits: BudgetLimits, price: Price | undefined) {
    this.#limits = limits;
    this.#price = price;
  }

  /** Whether a request of so many tokens may still be sent: not where it alone would pass the limit. */
  allows(inputTokens: number): boolean {
    const { maxCostUsd = Number.POSITIVE_INFINITY, maxTokens = Number.POSITIVE_INFINITY } = this.#limits;
    const isLeft = this.#tokens < maxTokens && this.#costUsd < maxCostUsd;
    const costUsd = this.#costUsd + leastCost(inputTokens, this.#price);
    return isLeft && this.#tokens + inputTokens <= maxTokens && costUsd <= maxCostUsd;
  }

  /** What is wrong where a cost is to be limited and nobody knows it. */
  spend(reported: Usage | null, estimated: Usage): TraeError | undefined {
    const usage = reported ?? estimated;
    this.#tokens += allTokens(usage);
    const costUsd = usage.costUsd ?? (this.#price === undefined ? undefined : costOf(usage, this.#price));
    this.#costUsd += costUsd ?? 0;
    return costUsd === undefined && this.#limits.maxCostUsd !== undefined ? unknownCost() : undefined;
  }
}

const unknownCost = (): TraeError =>
  new TraeError('usage', 'Nobody knows what a step of this model costs, so its cost cannot be limited.', {
    hint: 'Limit the tokens with --max-total-tokens, or say the price of the model in the configuration.',
  });
