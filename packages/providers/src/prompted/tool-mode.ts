import { type Model, type ModelEvent, type ModelRequest, TraeError } from '@trae-cli/protocol';
import type { ToolMode } from '../entry.js';
import { ToolsUnsupported } from './tools-unsupported.js';

/** How it became clear that a model cannot call tools: the service refused them, or calls were printed as text twice. */
type ToolFinding = 'refused' | 'printed';

export type ToolModeOptions = {
  readonly mode: ToolMode;
  /** Whether it is said of the model that it cannot call tools; asked before every turn of `auto`. */
  readonly isKnownWithoutTools?: () => boolean;
};

/** The same model in both ways. */
type Ways = { readonly native: Model; readonly prompted: Model };

const printedTurnsBefore = 2;

/** Begins to load what the first turn of any model needs. */
export const warmToolMode = (): Promise<unknown> => import('./text-calls.js');

class ToolModeModel implements Model {
  readonly #model: Model;
  readonly #options: ToolModeOptions;
  #ways: Promise<Ways> | undefined;
  #finding: ToolFinding | undefined;
  #isTold = false;

  constructor(model: Model, options: ToolModeOptions) {
    this.#model = model;
    this.#options = options;
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
    this.#ways ??= this.#load();
    const ways = await this.#ways;
    if (this.#isPrompted) {
      yield* this.#prompt(ways, request, signal);
      return;
    }
    try {
      yield* ways.native.stream(request, signal);
    } catch (error) {
      if (signal.aborted || request.tools.length === 0 || !this.#isRefusal(error)) throw error;
      this.#finding ??= 'refused';
      yield* this.#prompt(ways, request, signal);
    }
  }

  #isRefusal(error: unknown): boolean {
    return this.#options.mode === 'auto' && error instanceof TraeError && error.cause instanceof ToolsUnsupported;
  }

  async #load(): Promise<Ways> {
    const { withPromptedTools, withRecoveredCalls } = await import('./text-calls.js');
    const onRecovered = (turnsInARow: number): void => {
      if (turnsInARow >= printedTurnsBefore) this.#finding ??= 'printed';
    };
    return {
      native: withRecoveredCalls(this.#model, { onRecovered }),
      prompted: withPromptedTools(this.#model),
    };
  }

  /** Whoever asked for it need not be told. */
  async *#prompt({ prompted }: Ways, request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    if (!this.#isTold && this.#options.mode === 'auto' && request.tools.length > 0) {
      this.#isTold = true;
      const { model } = this.ref;
      const why = this.#finding === 'printed' ? 'prints its tool calls as text' : 'cannot call tools itself';
      yield { type: 'noticed', message: `${model} ${why}: it is asked to write its calls into its text.` };
    }
    yield* prompted.stream(request, signal);
  }
}

/**
 * A model whose tools are called in the given way. `auto` calls them natively until it turns out that it cannot be done;
 * natively, calls that were printed as text are read there.
 */
export const withToolMode = (model: Model, options: ToolModeOptions): Model => new ToolModeModel(model, options);
