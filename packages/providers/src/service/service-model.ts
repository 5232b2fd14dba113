import {
  costOf,
  type Learnt,
  type Model,
  type ModelEvent,
  type ModelRef,
  type ModelRequest,
  type ModelTraits,
  type Price,
} from '@trae-cli/protocol';
import type { ProviderDependencies } from '../entry.js';
import { ServiceFailure } from '../errors/failure.js';
import type { Context, Translation } from '../errors/translate.js';
import type { Pace } from '../pace/pace.js';
import type { Client } from '../transport/client.js';
import { readingOf } from './adaptation.js';
import { hearAnswers } from './hear-answers.js';
import { compatibilityFrom } from './lessons.js';
import type { DecodeOptions, Parameters, Protocol, Sent } from './protocol.js';
import type { Recovery, Remedy } from './recovery.js';
import { describeRepair, type Repair, repaired } from './repair.js';
import type { RequestBody } from './request-body.js';
import type { Target } from './target.js';

export type ServiceModelOptions = {
  readonly protocol: Protocol;
  readonly dependencies: ProviderDependencies;
  readonly pace: Pace;
  /** What the model costs, where the target does not know. */
  price(): Promise<Price | undefined>;
  client(): Promise<Client>;
};

/** Of JSON; for what has to be reckoned with before the service has counted. */
const bytesPerToken = 4;
/** A model as its service has it, asked in one protocol. Does not retry; repairs what it can. */
export class ServiceModel implements Model {
  readonly ref: ModelRef;
  readonly #target: Target;
  readonly #options: ServiceModelOptions;
  /** Encoded conversations that nobody is sending now; one, as long as turns follow each other. */
  readonly #idleBodies: RequestBody[] = [];
  /** What the service has taught us about the model, for as long as the provider lives. */
  readonly #lessons: Repair[];
  readonly #told = new Set<string>();
  /** Tokens, as an overflow has told: what is said in advance may be wrong, or not hold behind a gateway. */
  #learnedWindow: number | undefined;
  #priceSearch: Promise<Price | undefined> | undefined;
  #foundPrice: Price | undefined;

  constructor(target: Target, options: ServiceModelOptions) {
    this.ref = target.ref;
    this.#target = target;
    this.#options = options;
    this.#lessons = [...target.repairs];
  }

  get traits(): ModelTraits {
    const { traits } = this.#target;
    const learned = this.#learnedWindow ?? Number.POSITIVE_INFINITY;
    const window = Math.min(traits.contextWindow ?? learned, learned);
    const price = traits.price ?? this.#foundPrice;
    return {
      ...traits,
      contextWindow: Number.isFinite(window) ? window : null,
      ...(price === undefined ? {} : { price }),
    };
  }

  /** What the model costs, if anybody knows. */
  async price(): Promise<Price | undefined> {
    this.#priceSearch ??= this.#target.traits.price === undefined ? this.#options.price() : Promise.resolve(undefined);
    this.#foundPrice = await this.#priceSearch;
    return this.traits.price;
  }

  /** What the requests so far have taught. */
  get learnt(): Omit<Learnt, 'toolCalls'> {
    const compatibility = compatibilityFrom(this.#lessons.slice(this.#target.repairs.length));
    return { compatibility, ...(this.#learnedWindow === undefined ? {} : { contextWindow: this.#learnedWindow }) };
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    let recovery: Recovery | undefined;
    for (;;) {
      signal.throwIfAborted();
      const parameters = this.#parametersFor(request, recovery?.repairs ?? this.#lessons);
      try {
        yield* this.#attempt(request, parameters, signal);
        return;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (!(error instanceof ServiceFailure)) throw error;
        const { Recovery, salvagedTurn, translate } = await import('./failed-turn.js');
        recovery ??= new Recovery(this.#lessons, this.#options.protocol);
        const remedy = recovery.remedyFor(error.failure, parameters);
        const salvaged = remedy === undefined ? salvagedTurn(error.failure, request) : undefined;
        if (salvaged !== undefined) {
          yield* salvaged;
          return;
        }
        if (error.failure.type === 'answered') this.#options.pace.hear(error.failure.headers);
        yield this.#remedied(translate(error.failure, this.#occasion), remedy);
      }
    }
  }

  /** What is told about another try; throws where there is none. */
  #remedied({ error, window }: Translation, remedy: Remedy | undefined): ModelEvent {
    this.#learnedWindow = window ?? this.#learnedWindow;
    if (remedy === undefined) throw error;
    if (remedy.type === 'repair') return { type: 'noticed', message: describeRepair(remedy.repair) };
    return { type: 'retrying', attempt: remedy.attempt, waitMs: 0, reason: error.code, message: error.message };
  }

  #parametersFor(request: ModelRequest, repairs: readonly Repair[]): Parameters {
    const { notices, ...form } = this.#options.protocol.parametersFor(this.#target, request);
    return { ...repaired(form, repairs), notices };
  }

  async *#attempt(
    request: ModelRequest,
    parameters: Parameters,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void> {
    const { dialect, ref, sendsImages } = this.#target;
    const { protocol } = this.#options;
    const body = this.#idleBodies.pop() ?? protocol.createBody({ ref, dialect, images: sendsImages });
    // The client never takes its listener off a signal again, so it is given one of its own.
    const scope = new AbortController();
    const stop = (): void => scope.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      yield* this.#exchange({ ...request, ...parameters }, body, scope.signal);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#idleBodies.push(body);
    }
  }

  async *#exchange(
    request: ModelRequest & Parameters,
    body: RequestBody,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void> {
    const { protocol } = this.#options;
    const { adaptations, notices, parameters } = request;
    const client = await this.#options.client();
    const bytes = body.encode(request);
    yield* this.#options.pace.admit({ tokens: Math.ceil(bytes.length / bytesPerToken) }, signal);
    yield { type: 'requested', parameters };
    yield* this.#firstNotices(notices);
    const sent: Sent = { request, adaptations, parameters, bytes: bytes.length };
    const decoder = protocol.createDecoder(this.#decodeOptions(body, sent));
    const exchange = { protocol, target: this.#target, pace: this.#options.pace, client, body, signal };
    for await (const event of hearAnswers(decoder, { request, bytes }, exchange)) {
      if (event.type === 'finished') yield* this.#ended(event, { client, sent, signal });
      else yield event;
    }
  }

  async *#ended(
    event: Extract<ModelEvent, { type: 'finished' }>,
    { client, sent, signal }: { readonly client: Client; readonly sent: Sent; readonly signal: AbortSignal },
  ): AsyncGenerator<ModelEvent, void> {
    const { endpoint } = this.#target;
    const asking = { client, endpoint, target: this.#target, signal };
    const notices = await this.#options.protocol.verifyTurn?.(asking, sent, event.usage);
    yield* this.#firstNotices(notices ?? []);
    if (event.usage !== null) this.#options.pace.learn(event.usage);
    yield await this.#priced(event);
  }

  async #priced(event: Extract<ModelEvent, { type: 'finished' }>): Promise<ModelEvent> {
    if (event.usage === null || event.usage.costUsd !== undefined) return event;
    const price = await this.price();
    if (price === undefined) return event;
    return { ...event, usage: { ...event.usage, costUsd: costOf(event.usage, price), isCostReckoned: true } };
  }

  #decodeOptions(body: RequestBody, sent: Sent): DecodeOptions {
    const { dependencies } = this.#options;
    const dialect = { ...this.#target.dialect, ...readingOf(sent.adaptations) };
    const limit = sent.parameters['max_completion_tokens'] ?? sent.parameters[dialect.maxTokensField];
    const letters = (): string =>
      Math.floor(dependencies.random() * 36 ** 8)
        .toString(36)
        .padStart(8, '0');
    return {
      dialect,
      sent,
      maxOutput: typeof limit === 'number' ? limit : undefined,
      contextWindow: this.traits.contextWindow,
      mintId: () => `call_${letters()}${letters()}`,
      isTaken: (id) => body.hasCall(id),
    };
  }

  *#firstNotices(notices: readonly string[]): Generator<ModelEvent, void> {
    for (const message of notices) {
      if (this.#told.has(message)) continue;
      this.#told.add(message);
      yield { type: 'noticed', message };
    }
  }

  get #occasion(): Context {
    const { apiFormat, dialect, endpoint, ref } = this.#target;
    return { endpoint, apiFormat, model: ref.model, quotaIsRate: dialect.quotaIsRate ?? false };
  }
}
