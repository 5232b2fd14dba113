import { type LLMProvider, type Model, TraeError } from '@trae-cli/protocol';
import { type Endpoint, endpointOf } from '../endpoint.js';
import type { CatalogEntry, ProviderDependencies, ProviderSettings } from '../entry.js';
import { type Client, loadClient } from '../transport/client.js';
import { defaultRetryPolicy, withRetry } from '../retry.js';
import { parseEffort } from '../thinking.js';
import { checkKeyAt } from './check-key.js';
import { listModels } from './list-models.js';
import { ChatModel } from './model.js';
import { targetFor } from './target.js';

/** One vendor of this protocol at one address. What is learnt about its models is kept for as long as it lives. */
export class ChatProvider implements LLMProvider {
  readonly id: string;
  readonly #entry: CatalogEntry;
  readonly #endpoint: Endpoint;
  readonly #settings: ProviderSettings;
  readonly #dependencies: ProviderDependencies;
  readonly #models = new Map<string, Model>();
  #client: Promise<Client> | undefined;

  constructor(entry: CatalogEntry, address: string, settings: ProviderSettings, dependencies: ProviderDependencies) {
    this.id = entry.id;
    this.#entry = entry;
    this.#endpoint = endpointOf(entry, address, settings);
    if (settings.reasoningEffort !== undefined) parseEffort(settings.reasoningEffort);
    this.#settings = settings;
    this.#dependencies = dependencies;
  }

  warm(): void {
    // Whoever sends first hears of a failure.
    this.#load().catch(() => undefined);
  }

  model(name: string): Promise<Model> {
    const model = this.#models.get(name) ?? this.#create(name);
    this.#models.set(name, model);
    return Promise.resolve(model);
  }

  async listModels(signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    const hint = `Name the model with --model, or as model_providers.${this.id}.model in trae_config.json.`;
    const reason = this.#entry.unlistedModels ?? this.#unaskable();
    if (reason !== undefined) throw this.#refusal(`list its models: ${reason}`, hint);
    return listModels(await this.#load(), this.#endpoint, signal);
  }

  async checkKey(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const reason = this.#unaskable();
    if (reason !== undefined)
      throw this.#refusal(`check its key: ${reason}`, 'The first request will tell whether the key is good.');
    const { keyCheckPath = '/models' } = this.#entry;
    await checkKeyAt(keyCheckPath, await this.#load(), this.#endpoint, signal);
  }

  /** Why nothing but turns can be asked for; undefined where more can. */
  #unaskable(): string | undefined {
    return this.#endpoint.isFull ? 'full_url is set, and only turns can be asked for at such an address' : undefined;
  }

  #refusal(what: string, hint: string): TraeError {
    return new TraeError('usage', `${this.#endpoint.displayName} cannot be asked to ${what}.`, { hint });
  }

  #load(): Promise<Client> {
    this.#client ??= loadClient(this.#endpoint);
    return this.#client;
  }

  #create(name: string): Model {
    const target = targetFor(name, { entry: this.#entry, endpoint: this.#endpoint, settings: this.#settings });
    const model = new ChatModel(target, { dependencies: this.#dependencies, client: () => this.#load() });
    const maxRetries = Math.max(0, this.#settings.maxRetries ?? defaultRetryPolicy.maxRetries);
    return withRetry(model, { ...defaultRetryPolicy, maxRetries }, this.#dependencies);
  }
}
