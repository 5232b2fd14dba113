import type { Model, ModelEvent, ModelRequest, ModelTraits } from '@trae-cli/protocol';
import { KnownTools } from '../recovered/known-tools.js';
import { callEndTag } from '../recovered/tagged-parameters.js';
import { PromptedInstructions } from './describe-tools.js';
import { hasCalls, PromptedHistory } from './history.js';
import { PromptedTurn } from './prompted-turn.js';
import { longestResult } from './result-text.js';
import { InstructionsInside, isSystemRefused } from './system-role.js';

/** The most that services take. */
const mostStops = 4;

class PromptedModel implements Model {
  readonly #model: Model;
  readonly #instructions = new PromptedInstructions();
  readonly #history = new PromptedHistory();
  readonly #inside = new InstructionsInside();
  /** Beside the result of a call, by its id. */
  readonly #notes = new Map<string, string>();
  #takesInstructions = true;

  constructor(model: Model) {
    this.#model = model;
  }

  get ref(): Model['ref'] {
    return this.#model.ref;
  }

  get traits(): ModelTraits {
    return { ...this.#model.traits, toolCalls: 'prompted', parallelToolCalls: false };
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (request.tools.length === 0 && !hasCalls(request.messages)) {
      yield* this.#model.stream(request, signal);
      return;
    }
    const tools = new KnownTools(request.tools);
    const turn = new PromptedTurn({ ref: this.ref, request, tools, note: (id, note) => this.#note(id, note) });
    for await (const event of this.#answers(this.#converted(request, tools), signal)) yield* turn.take(event);
  }

  #note(callId: string, note: string | undefined): void {
    if (note === undefined) this.#notes.delete(callId);
    else this.#notes.set(callId, note);
  }

  #converted(request: ModelRequest, tools: KnownTools): ModelRequest {
    const { contextWindow, assumedContextWindow } = this.#model.traits;
    const messages = this.#history.convert(request.messages, {
      tools,
      longest: longestResult(contextWindow ?? assumedContextWindow),
      noteFor: (callId) => this.#notes.get(callId),
    });
    const instructions = this.#instructions.with(request.instructions, tools.specs);
    if (tools.specs.length === 0) return { ...request, instructions, messages };
    const stop = [...(request.sampling?.stop ?? []).slice(0, mostStops - 1), callEndTag];
    return { ...request, instructions, messages, tools: [], sampling: { ...request.sampling, stop } };
  }

  /** Asks once more, with the instructions inside the conversation, where the model takes them only there. */
  async *#answers(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (!this.#takesInstructions) {
      yield* this.#model.stream(this.#inside.apply(request), signal);
      return;
    }
    try {
      yield* this.#model.stream(request, signal);
    } catch (error) {
      if (signal.aborted || request.instructions === '' || !isSystemRefused(error)) throw error;
      this.#takesInstructions = false;
      yield {
        type: 'noticed',
        message: `${this.ref.model} takes no system message: the instructions stand at the head of the first message.`,
      };
      yield* this.#model.stream(this.#inside.apply(request), signal);
    }
  }
}

/**
 * Drives a model that cannot call tools: they are described in its instructions, its calls are read from its text, and
 * results are messages of the person. What comes out, and what the conversation keeps, are proper calls.
 */
export const withPromptedTools = (model: Model): Model => new PromptedModel(model);
