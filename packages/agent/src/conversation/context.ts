import { type Sampling, type ModelTraits, TraeError, type ToolMessage } from '@trae-cli/protocol';
import type { Conversation } from './conversation.js';
import { messageSize } from './message-size.js';
import { pruned, type Spill } from './pruned-output.js';

export type Pruning = { readonly outputs: number; readonly estimatedTokens: number };

/** Shares of the window: pruning begins above the first and goes down to the second, so that it happens seldom. */
const shares = { high: 0.8, low: 0.5, step: 0.1 };
/** After a refusal by the service the estimate itself is in doubt, and more has to go. */
const shareAfterRefusal = 0.4;
/** Tokens kept free for the answer where the person did not say, and at most this share of the window. */
const reserve = { tokens: 16_384, share: 0.15, mostAsked: 0.5 };
/** How many of the newest outputs stay whole, beside those of the last turn. */
const keptOutputs = { 'recent outputs': 4, 'outputs of the last turn': 0, nothing: 0 } as const;
/** Characters; a stub for less would save nothing worth a broken cache. */
const leastPrunable = 600;

function roomFor(window: number, sampling: Sampling | undefined): number {
  const answer =
    sampling?.maxOutput === undefined
      ? Math.min(reserve.tokens, window * reserve.share)
      : Math.min(sampling.maxOutput, window * reserve.mostAsked);
  return window - answer;
}

/**
 * Makes the history fit the model's window by putting stubs in the place of the oldest tool outputs; nothing else is
 * touched. What is pruned stays pruned as the same object, so the beginning of the request changes seldom.
 */
export class Context {
  readonly #conversation: Conversation;
  readonly #spill: Spill | undefined;
  readonly #isWindowKnown: boolean;
  readonly #sampling: Sampling | undefined;
  #window: number;
  /** Everything before this has been looked at and is pruned where it can be. */
  #examined = 0;
  #pruneAbove: number;

  constructor(
    conversation: Conversation,
    { traits, sampling, spill }: { traits: ModelTraits; sampling: Sampling | undefined; spill: Spill | undefined },
  ) {
    this.#conversation = conversation;
    this.#spill = spill;
    this.#sampling = sampling;
    this.#isWindowKnown = traits.contextWindow !== null;
    this.#window = traits.contextWindow ?? traits.assumedContextWindow;
    this.#pruneAbove = this.#high;
  }

  /** Before a request. Throws `context_overflow` where a known window cannot hold even what is left. */
  async makeRoom(): Promise<Pruning | undefined> {
    if (this.#conversation.estimatedTokens <= this.#pruneAbove) return undefined;
    let outputs = await this.#pruneTo(this.#low, 'recent outputs');
    outputs += await this.#pruneTo(this.#room, 'nothing');
    const { estimatedTokens } = this.#conversation;
    // What cannot be pruned may fill the window for long; without a step, every request would prune a little.
    this.#pruneAbove = Math.min(this.#room, Math.max(this.#high, estimatedTokens + this.#window * shares.step));
    if (estimatedTokens > this.#room && this.#isWindowKnown) throw this.#overflow(estimatedTokens);
    return outputs === 0 ? undefined : { outputs, estimatedTokens };
  }

  /** After the service refused a request as too long: the window is smaller than thought. Undefined: nothing to prune. */
  async makeMoreRoom(): Promise<Pruning | undefined> {
    this.#window = Math.min(this.#window, this.#conversation.estimatedTokens);
    this.#pruneAbove = this.#high;
    let outputs = await this.#pruneTo(this.#window * shareAfterRefusal, 'outputs of the last turn');
    outputs += await this.#pruneTo(this.#high, 'nothing');
    return outputs === 0 ? undefined : { outputs, estimatedTokens: this.#conversation.estimatedTokens };
  }

  get #room(): number {
    return roomFor(this.#window, this.#sampling);
  }

  get #high(): number {
    return Math.min(this.#window * shares.high, this.#room);
  }

  /** Keeps its distance from the other where a long answer leaves little room. */
  get #low(): number {
    return (this.#high * shares.low) / shares.high;
  }

  async #pruneTo(tokens: number, kept: keyof typeof keptOutputs): Promise<number> {
    let outputs = 0;
    const end = this.#endOfPrunable(kept);
    while (this.#conversation.estimatedTokens > tokens && this.#examined < end) {
      const message = this.#conversation.at(this.#examined);
      if (message?.role === 'tool' && messageSize(message) >= leastPrunable) {
        this.#conversation.replace(this.#examined, await this.#stubOf(message));
        outputs += 1;
      }
      this.#examined += 1;
    }
    return outputs;
  }

  /** Where the outputs begin that are kept; those of the last turn have not been read by the model yet. */
  #endOfPrunable(kept: keyof typeof keptOutputs): number {
    if (kept === 'nothing') return this.#conversation.length;
    let outputs = 0;
    let isLastTurn = true;
    for (let index = this.#conversation.length - 1; index >= 0; index -= 1) {
      const role = this.#conversation.at(index)?.role;
      if (role === 'assistant') isLastTurn = false;
      if (role === 'tool') outputs += 1;
      if (role === 'tool' && !isLastTurn && outputs > keptOutputs[kept]) return index + 1;
    }
    return 0;
  }

  #stubOf(message: ToolMessage): Promise<ToolMessage> {
    return pruned(message, this.#conversation.outputFileOf(message), this.#spill);
  }

  #overflow(tokens: number): TraeError {
    return new TraeError(
      'context_overflow',
      `The conversation has about ${tokens} tokens; the model's window of ${this.#window} leaves room for ${Math.floor(this.#room)}.`,
      { hint: 'Choose a model with a larger window, correct it with --context-window, or give a shorter task.' },
    );
  }
}
