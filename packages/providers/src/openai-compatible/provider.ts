import type { LLMProvider, Model } from '@trae-cli/protocol';
import { type Endpoint, endpointOf } from '../endpoint.js';
import type { CatalogEntry, ProviderDependencies, ProviderSettings } from '../entry.js';
import { type Client, loadClient } from '../transport/client.js';
import { defaultRetryPolicy, withRetry } from '../retry.js';
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
    return listModels(await this.#load(), this.#endpoint, signal);
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
