import {
  type Learnt,
  type LLMProvider,
  type Model,
  type ModelInfo,
  type Price,
  type PullProgress,
  TraeError,
} from '@trae-cli/protocol';
import type { ApiFormat } from '../api-format.js';
import { type Endpoint, endpointOf } from '../endpoint.js';
import type { CatalogEntry, ProviderDependencies, ProviderSettings } from '../entry.js';
import { priceOf } from '../knowledge/price-of.js';
import { type Pace, paceFor } from '../pace/pace.js';
import type { Client } from '../transport/client.js';
import { withToolMode } from '../prompted/tool-mode.js';
import { defaultRetryPolicy, withRetry } from '../retry.js';
import { parseEffort } from '../thinking.js';
import { checkKeyAt } from './check-key.js';
import { loadProtocol } from './load-protocol.js';
import type { Asking, ModelFacts, Protocol } from './protocol.js';
import { ServiceModel } from './service-model.js';
import { apiFormatFor, modelSettingsOf, targetFor, type TargetOptions } from './target.js';

type Spoken = { readonly protocol: Protocol; readonly client: Client };

type OpenModel = { readonly model: Model; readonly service: ServiceModel };

/** One vendor at one address. What is learnt about its models is kept for as long as it lives. */
export class ServiceProvider implements LLMProvider {
  readonly id: string;
  readonly #entry: CatalogEntry;
  readonly #endpoint: Endpoint;
  readonly #settings: ProviderSettings;
  readonly #dependencies: ProviderDependencies;
  readonly #pace: Pace;
  readonly #models = new Map<string, OpenModel>();
  readonly #spoken = new Map<ApiFormat, Promise<Spoken>>();

  constructor(entry: CatalogEntry, address: string, settings: ProviderSettings, dependencies: ProviderDependencies) {
    this.id = entry.id;
    this.#entry = entry;
    this.#endpoint = endpointOf(entry, address, settings);
    if (settings.reasoningEffort !== undefined) parseEffort(settings.reasoningEffort);
    this.#settings = settings;
    this.#dependencies = dependencies;
    this.#pace = paceFor(entry, settings, dependencies.clock);
  }

  warm(): void {
    const formats = [...this.#models.keys()].map((name) => apiFormatFor(name, this.#said));
    // Whoever sends first hears of a failure.
    for (const format of new Set(formats)) this.#speak(format).catch(() => undefined);
  }

  async model(name: string, signal: AbortSignal): Promise<Model> {
    const open = this.#models.get(name) ?? (await this.#create(name, signal));
    this.#models.set(name, open);
    return open.model;
  }

  async priceOf(name: string): Promise<Price | undefined> {
    const open = this.#models.get(name);
    return open === undefined ? priceOf(name, { entry: this.#entry, settings: this.#settings }) : open.service.price();
  }

  learnt(name: string): Learnt | undefined {
    const open = this.#models.get(name);
    return open === undefined
      ? undefined
      : { ...open.service.learnt, toolCalls: open.model.traits.toolCalls ?? 'native' };
  }

  async listModels(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    signal.throwIfAborted();
    const hint = `Name the model with --model, or as model_providers.${this.id}.model in trae_config.json.`;
    const reason = this.#entry.unlistedModels ?? this.#unaskable();
    if (reason !== undefined) throw this.#refusal(`list its models: ${reason}`, hint);
    const { protocol, ...asking } = await this.#asking(signal);
    return protocol.listModels(asking);
  }

  async checkKey(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const reason = this.#unaskable();
    if (reason !== undefined)
      throw this.#refusal(`check its key: ${reason}`, 'The first request will tell whether the key is good.');
    const { protocol, ...asking } = await this.#asking(signal);
    await checkKeyAt(this.#entry.keyCheckPath ?? protocol.keyCheckPath, asking, this.#format);
  }

  async *pull(name: string, signal: AbortSignal): AsyncGenerator<PullProgress, void> {
    const { protocol, ...asking } = await this.#asking(signal);
    if (protocol.pull === undefined)
      throw this.#refusal('fetch a model', 'Only a local server fetches models: --pull is for those.');
    yield* protocol.pull(asking, name);
  }

  get #said(): Omit<TargetOptions, 'endpoint'> {
    return { entry: this.#entry, settings: this.#settings };
  }

  /** The protocol of everything that concerns no single model. */
  get #format(): ApiFormat {
    return this.#settings.apiFormat ?? this.#entry.apiFormat;
  }

  /** Why nothing but turns can be asked for; undefined where more can. */
  #unaskable(): string | undefined {
    return this.#endpoint.fullUrl === undefined
      ? undefined
      : 'full_url is set, and only turns can be asked for at such an address';
  }

  #refusal(what: string, hint: string): TraeError {
    return new TraeError('usage', `${this.#endpoint.displayName} cannot be asked to ${what}.`, { hint });
  }

  #speak(format: ApiFormat): Promise<Spoken> {
    const known = this.#spoken.get(format);
    if (known !== undefined) return known;
    const spoken = this.#load(format);
    this.#spoken.set(format, spoken);
    return spoken;
  }

  async #load(format: ApiFormat): Promise<Spoken> {
    const protocol = await loadProtocol(format);
    return { protocol, client: await protocol.load(this.#endpoint, this.#dependencies.network) };
  }

  async #asking(signal: AbortSignal): Promise<Asking & { readonly protocol: Protocol }> {
    return { ...(await this.#speak(this.#format)), endpoint: this.#endpoint, signal };
  }

  async #create(name: string, signal: AbortSignal): Promise<OpenModel> {
    const format = apiFormatFor(name, this.#said);
    const protocol = await loadProtocol(format);
    const options = { ...this.#said, endpoint: this.#endpoint };
    const target = targetFor(name, options, await this.#factsOf(name, protocol, signal));
    const client = async (): Promise<Client> => (await this.#speak(format)).client;
    const service = new ServiceModel(target, {
      protocol,
      dependencies: this.#dependencies,
      pace: this.#pace,
      client,
      price: () => priceOf(name, { entry: this.#entry, settings: this.#settings }),
    });
    const maxRetries = Math.max(
      0,
      this.#settings.maxRetries ?? this.#entry.maxRetries ?? defaultRetryPolicy.maxRetries,
    );
    const able = withToolMode(service, {
      mode: target.toolMode,
      isKnownWithoutTools: () => target.hasTools === false,
    });
    return { service, model: withRetry(able, { ...defaultRetryPolicy, maxRetries }, this.#dependencies) };
  }

  async #factsOf(name: string, protocol: Protocol, signal: AbortSignal): Promise<ModelFacts> {
    if (protocol.askAbout === undefined || this.#unaskable() !== undefined) return {};
    const { client } = await this.#speak(apiFormatFor(name, this.#said));
    return protocol.askAbout({
      client,
      endpoint: this.#endpoint,
      signal,
      model: name,
      settings: modelSettingsOf(name, this.#settings),
      knownWindow: this.#entry.models.find(({ pattern }) => pattern.test(name))?.contextWindow,
      keepAlive: this.#settings.keepAlive,
      machineMemory: this.#dependencies.machineMemory,
    });
  }
}
