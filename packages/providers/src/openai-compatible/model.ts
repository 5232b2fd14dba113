import type { Model, ModelEvent, ModelRef, ModelRequest, ModelTraits } from '@trae-cli/protocol';
import type { ProviderDependencies } from '../entry.js';
import { type Failure, ServiceFailure } from '../errors/failure.js';
import { translate, type Translation } from '../errors/translate.js';
import type { Client } from '../transport/client.js';
import { ChatDecoder } from './decode.js';
import { hearTurn } from './hear-turn.js';
import { type Parameters, parametersFor } from './parameters.js';
import { Recovery, type Remedy } from './recovery.js';
import { describeRepair, type Repair, repaired } from './repair.js';
import { RequestBody } from './request-body.js';
import type { Target } from './target.js';

export type ChatModelOptions = {
  readonly dependencies: ProviderDependencies;
  client(): Promise<Client>;
};

/** A model that speaks Chat Completions, through the client of the endpoint. Does not retry; repairs what it can. */
export class ChatModel implements Model {
  readonly ref: ModelRef;
  readonly #target: Target;
  readonly #options: ChatModelOptions;
  /** Encoded conversations that nobody is sending now; one, as long as turns follow each other. */
  readonly #idleBodies: RequestBody[] = [];
  /** What the service has taught us about the model, for as long as the provider lives. */
  readonly #lessons: Repair[] = [];
  readonly #told = new Set<string>();
  /** Tokens, as an overflow has told: what is said in advance may be wrong, or not hold behind a gateway. */
  #learnedWindow: number | undefined;

  constructor(target: Target, options: ChatModelOptions) {
    this.ref = target.ref;
    this.#target = target;
    this.#options = options;
  }

  get traits(): ModelTraits {
    const { traits } = this.#target;
    const learned = this.#learnedWindow ?? Number.POSITIVE_INFINITY;
    const window = Math.min(traits.contextWindow ?? learned, learned);
    return { ...traits, contextWindow: Number.isFinite(window) ? window : null };
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    const recovery = new Recovery(this.#lessons);
    for (;;) {
      signal.throwIfAborted();
      const parameters = this.#parametersFor(request, recovery.repairs);
      try {
        yield* this.#attempt(request, parameters, signal);
        return;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (!(error instanceof ServiceFailure)) throw error;
        yield this.#remedied(error.failure, recovery.remedyFor(error.failure, parameters));
      }
    }
  }

  /** What is told about another try; throws where there is none. */
  #remedied(failure: Failure, remedy: Remedy | undefined): ModelEvent {
    const { error, window } = this.#translated(failure);
    this.#learnedWindow = window ?? this.#learnedWindow;
    if (remedy === undefined) throw error;
    if (remedy.type === 'repair') return { type: 'noticed', message: describeRepair(remedy.repair) };
    return { type: 'retrying', attempt: remedy.attempt, waitMs: 0, reason: error.code, message: error.message };
  }

  #parametersFor(request: ModelRequest, repairs: readonly Repair[]): Parameters {
    const { notices, ...form } = parametersFor(this.#target, request);
    return { ...repaired(form, repairs), notices };
  }

  async *#attempt(
    request: ModelRequest,
    parameters: Parameters,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void> {
    const { dialect, endpoint, ref, sendsImages } = this.#target;
    const body = this.#idleBodies.pop() ?? new RequestBody({ ref, dialect, images: sendsImages });
    // The client never takes its listener off a signal again, so it is given one of its own.
    const scope = new AbortController();
    const stop = (): void => scope.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const client = await this.#options.client();
      yield { type: 'requested', parameters: parameters.parameters };
      yield* this.#firstNotices(parameters.notices);
      const bytes = body.encode({ ...request, ...parameters });
      const response = await client.post(endpoint.chatUrl, bytes, scope.signal);
      yield* hearTurn(response, this.#decoder(body, parameters));
    } finally {
      signal.removeEventListener('abort', stop);
      this.#idleBodies.push(body);
    }
  }

  #decoder(body: RequestBody, { parameters }: Parameters): ChatDecoder {
    const { dependencies } = this.#options;
    const limit = parameters['max_completion_tokens'] ?? parameters['max_tokens'];
    const letters = (): string =>
      Math.floor(dependencies.random() * 36 ** 8)
        .toString(36)
        .padStart(8, '0');
    return new ChatDecoder({
      dialect: this.#target.dialect,
      maxOutput: typeof limit === 'number' ? limit : undefined,
      contextWindow: this.traits.contextWindow,
      mintId: () => `call_${letters()}${letters()}`,
      isTaken: (id) => body.hasCall(id),
    });
  }

  *#firstNotices(notices: readonly string[]): Generator<ModelEvent, void> {
    for (const message of notices) {
      if (this.#told.has(message)) continue;
      this.#told.add(message);
      yield { type: 'noticed', message };
    }
  }

  #translated(failure: Failure): Translation {
    const { dialect, endpoint, ref } = this.#target;
    return translate(failure, { endpoint, model: ref.model, quotaIsRate: dialect.quotaIsRate ?? false });
  }
}
