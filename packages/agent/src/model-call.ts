import { createTurn, type EventOf, type FinishedTurn, type JsonValue, type ModelEvent } from '@trae-cli/protocol';
import type { Run } from './run-state.js';

export type ModelCalled = EventOf<'model_called'>;

/** Listens to one model call, its retries included: the turn that comes of it, and what it took. */
export class ModelCall {
  readonly #run: Run;
  readonly #turn = createTurn();
  readonly #startedAt: number;
  #parameters: JsonValue = null;
  #retries = 0;
  #firstTokenMs: number | null = null;
  #responseId: string | undefined;

  constructor(run: Run) {
    this.#run = run;
    this.#startedAt = run.options.now();
  }

  /** The event as it is told: a call gets an id that no other call of the conversation has. */
  hear(said: ModelEvent): ModelEvent {
    const event = said.type === 'tool_call_started' ? { ...said, id: this.#run.callIds.claim(said.id) } : said;
    this.#turn.apply(event);
    switch (event.type) {
      case 'requested':
        this.#parameters = event.parameters;
        break;
      case 'retrying':
        this.#retries += 1;
        this.#firstTokenMs = null;
        this.#responseId = undefined;
        this.#run.callIds.voidTurn();
        break;
      case 'text_delta':
      case 'reasoning_delta':
      case 'tool_call_started':
        this.#firstTokenMs ??= this.#elapsedMs();
        break;
      case 'finished':
        this.#responseId = event.responseId;
        break;
      default:
        break;
    }
    return event;
  }

  /** The whole turn, or undefined where the stream ended without saying so. */
  finish(): FinishedTurn | undefined {
    const turn = this.#turn.finished(this.#run.options.model.ref);
    if (turn === undefined) return undefined;
    this.#run.callIds.settleTurn();
    this.#run.conversation.learn(turn.usage);
    return turn;
  }

  called(step: number): ModelCalled {
    return {
      type: 'model_called',
      step,
      parameters: this.#parameters,
      ...(this.#responseId === undefined ? {} : { responseId: this.#responseId }),
      retries: this.#retries,
      firstTokenMs: this.#firstTokenMs,
      durationMs: this.#elapsedMs(),
    };
  }

  #elapsedMs(): number {
    return this.#run.options.now() - this.#startedAt;
  }
}
