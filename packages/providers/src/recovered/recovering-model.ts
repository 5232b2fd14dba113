import type { Model, ModelEvent, ModelRequest } from '@trae-cli/protocol';
import type { RecoveringTurn } from './recovering-turn.js';

export type RecoveringOptions = {
  /** Told at the end of every turn that called tools: how many such turns in a row have printed their calls as text. */
  readonly onRecovered?: (turnsInARow: number) => void;
};

/** What reads calls in text is loaded with the first words of all: there is nothing to read before. */
async function openTurn(request: ModelRequest): Promise<RecoveringTurn> {
  const { RecoveringTurn } = await import('./recovering-turn.js');
  return new RecoveringTurn(request);
}

class RecoveringModel implements Model {
  readonly #model: Model;
  readonly #options: RecoveringOptions;
  #turnsInARow = 0;
  #isTold = false;

  constructor(model: Model, options: RecoveringOptions) {
    this.#model = model;
    this.#options = options;
  }

  get ref(): Model['ref'] {
    return this.#model.ref;
  }

  get traits(): Model['traits'] {
    return this.#model.traits;
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (request.tools.length === 0) {
      yield* this.#model.stream(request, signal);
      return;
    }
    let turn: RecoveringTurn | undefined;
    for await (const event of this.#model.stream(request, signal)) {
      if (!('part' in event) && turn === undefined) {
        yield event;
        continue;
      }
      turn ??= await openTurn(request);
      if (turn.passes(event)) {
        yield event;
        continue;
      }
      for (const said of turn.take(event)) {
        if (said.type === 'finished') yield* this.#learn(turn);
        yield said;
      }
    }
  }

  *#learn({ calls, isStructured }: RecoveringTurn): Generator<ModelEvent, void> {
    if (isStructured) this.#turnsInARow = 0;
    else if (calls > 0) this.#turnsInARow += 1;
    else return;
    this.#options.onRecovered?.(this.#turnsInARow);
    if (calls === 0 || this.#isTold) return;
    this.#isTold = true;
    yield {
      type: 'noticed',
      message: `${this.ref.model} wrote a tool call into its text; it was taken from there, and so will others be.`,
    };
  }
}

/**
 * Recovers the calls that a model prints as text: only of tools that the request has, and only in whole turns without a
 * call of the proper kind. Text that cannot be a call passes at once.
 */
export const withRecoveredCalls = (model: Model, options: RecoveringOptions = {}): Model =>
  new RecoveringModel(model, options);
