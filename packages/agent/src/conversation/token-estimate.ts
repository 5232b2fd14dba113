import type { Usage } from '@trae-cli/protocol';

/** Characters per token until the service has reported: fewer than any tokenizer needs for prose or code. */
const assumedRatio = 3;
/** A report outside these bounds does not count the whole prompt, or counts something else. */
const plausibleRatio = { least: 0.5, most: 12 };
/** For what has been added since the report, however good the ratio of the whole. */
const mostOptimisticRatio = 4;

const promptTokens = (usage: Usage): number => usage.input + usage.cacheRead + usage.cacheWrite;

/**
 * How many tokens the next request has: what the service reported for the last one, and for what has changed since then
 * an estimate by characters, on the safe side.
 */
export class TokenEstimate {
  #characters: number;
  #sentCharacters = 0;
  #reported = { characters: 0, tokens: 0 };
  #ratio = assumedRatio;

  constructor(characters: number) {
    this.#characters = characters;
  }

  get tokens(): number {
    const changed = this.#characters - this.#reported.characters;
    const estimate = this.#reported.tokens + changed / this.#ratio;
    return Math.ceil(Math.max(estimate, this.#characters / plausibleRatio.most));
  }

  change(characters: number): void {
    this.#characters += characters;
  }

  /** The request goes out as it is now; the next report is about it. */
  markSent(): void {
    this.#sentCharacters = this.#characters;
  }

  learn(usage: Usage | null): void {
    if (usage === null) return;
    const tokens = promptTokens(usage);
    const ratio = this.#sentCharacters / tokens;
    if (!(ratio >= plausibleRatio.least && ratio <= plausibleRatio.most)) return;
    this.#reported = { characters: this.#sentCharacters, tokens };
    this.#ratio = Math.min(ratio, mostOptimisticRatio);
  }
}
