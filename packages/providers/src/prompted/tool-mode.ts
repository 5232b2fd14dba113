import { type Model, type ModelEvent, type ModelRequest, TraeError } from '@trae-cli/protocol';
import type { ToolMode } from '../entry.js';
import { withRecoveredCalls } from '../recovered/recovering-model.js';
import { ToolsUnsupported } from './tools-unsupported.js';

/** How it became clear that a model cannot call tools: the service refused them, or calls were printed as text twice. */
type ToolFinding = 'refused' | 'printed';

export type ToolModeOptions = {
  readonly mode: ToolMode;
  /** Whether it is said of the model that it cannot call tools; asked before every turn of `auto`. */
  readonly isKnownWithoutTools?: () => boolean;
};

const printedTurnsBefore = 2;

class ToolModeModel implements Model {
  readonly #model: Model;
  readonly #native: Model;
  readonly #options: ToolModeOptions;
  #prompted: Model | undefined;
  #finding: ToolFinding | undefined;
  #isTold = false;

  constructor(model: Model, options: ToolModeOptions) {
    this.#model = model;
    this.#options = options;
    this.#native = withRecoveredCalls(model, {
      onRecovered: (turnsInARow) => {
        if (turnsInARow >= printedTurnsBefore) this.#finding ??= 'printed';
      },
    });
  }

  get ref(): Model['ref'] {
    return this.#model.ref;
  }

  get traits(): Model['traits'] {
    const { traits } = this.#model;
    return this.#isPrompted ? { ...traits, toolCalls: 'prompted', parallelToolCalls: false } : traits;
  }

  get #isPrompted(): boolean {
    const { isKnownWithoutTools, mode } = this.#options;
    if (mode !== 'auto') return mode === 'prompted';
    return this.#finding !== undefined || isKnownWithoutTools?.() === true;
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (this.#isPrompted) {
      yield* this.#prompt(request, signal);
      return;
    }
    try {
      yield* this.#native.stream(request, signal);
    } catch (error) {
      if (signal.aborted || request.tools.length === 0 || !this.#isRefusal(error)) throw error;
      this.#finding ??= 'refused';
      yield* this.#prompt(request, signal);
    }
  }

  #isRefusal(error: unknown): boolean {
    return this.#options.mode === 'auto' && error instanceof TraeError && error.cause instanceof ToolsUnsupported;
  }

  /** Most models never need it. */
  async #asPrompted(): Promise<Model> {
    const { withPromptedTools } = await import('./prompted-model.js');
    this.#prompted ??= withPromptedTools(this.#model);
    return this.#prompted;
  }

  /** Whoever asked for it need not be told. */
  async *#prompt(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (!this.#isTold && this.#options.mode === 'auto' && request.tools.length > 0) {
      this.#isTold = true;
      const { model } = this.ref;
      const why = this.#finding === 'printed' ? 'prints its tool calls as text' : 'cannot call tools itself';
      yield { type: 'noticed', message: `${model} ${why}: it is asked to write its calls into its text.` };
    }
    const prompted = await this.#asPrompted();
    yield* prompted.stream(request, signal);
  }
}

/**
 * A model whose tools are called in the given way. `auto` calls them natively until it turns out that it cannot be done;
 * natively, calls that were printed as text are read there.
 */
export const withToolMode = (model: Model, options: ToolModeOptions): Model => new ToolModeModel(model, options);
