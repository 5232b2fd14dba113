import { type Model, type ModelEvent, type ModelRequest, TraeError } from '@trae-cli/protocol';
import type { ToolMode } from '../entry.js';
import { withRecoveredCalls } from '../recovered/recovering-model.js';
import { withPromptedTools } from './prompted-model.js';
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
  readonly #native: Model;
  readonly #prompted: Model;
  readonly #options: ToolModeOptions;
  #finding: ToolFinding | undefined;
  #isTold = false;

  constructor(model: Model, options: ToolModeOptions) {
    this.#options = options;
    this.#prompted = withPromptedTools(model);
    this.#native = withRecoveredCalls(model, {
      onRecovered: (turnsInARow) => {
        if (turnsInARow >= printedTurnsBefore) this.#finding ??= 'printed';
      },
    });
  }

  get ref(): Model['ref'] {
    return this.#native.ref;
  }

  get traits(): Model['traits'] {
    return this.#isPrompted ? this.#prompted.traits : this.#native.traits;
  }

  get #isPrompted(): boolean {
    return this.#finding !== undefined || this.#options.isKnownWithoutTools?.() === true;
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (this.#isPrompted) {
      yield* this.#prompt(request, signal);
      return;
    }
    try {
      yield* this.#native.stream(request, signal);
    } catch (error) {
      const isRefused = error instanceof TraeError && error.cause instanceof ToolsUnsupported;
      if (signal.aborted || request.tools.length === 0 || !isRefused) throw error;
      this.#finding ??= 'refused';
      yield* this.#prompt(request, signal);
    }
  }

  async *#prompt(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (!this.#isTold && request.tools.length > 0) {
      this.#isTold = true;
      const { model } = this.ref;
      const why = this.#finding === 'printed' ? 'prints its tool calls as text' : 'cannot call tools itself';
      yield { type: 'noticed', message: `${model} ${why}: it is asked to write its calls into its text.` };
    }
    yield* this.#prompted.stream(request, signal);
  }
}

/** A model whose tools are called in the given way. `auto` calls them natively until it turns out that it cannot be done. */
export function withToolMode(model: Model, options: ToolModeOptions): Model {
  switch (options.mode) {
    case 'native':
      return withRecoveredCalls(model, {});
    case 'prompted':
      return withPromptedTools(model);
    case 'auto':
      return new ToolModeModel(model, options);
    default:
      return options.mode satisfies never;
  }
}
