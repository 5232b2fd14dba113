import { isJsonObject, type JsonObject } from '@trae-cli/protocol';
import { pathOf } from './answer-formats.js';
import type { RecordedRequest } from './recorded-request.js';
import type { RawAnswer } from './server-answer.js';

export type OllamaModel = {
  /** The window it was trained with, in tokens. Default: 131072. Null: nothing is said of it. */
  readonly contextLength?: number | null;
  /** Default: completion, tools, thinking and vision. Null: an old server, which says nothing of them. */
  readonly capabilities?: readonly string[] | null;
  /** Lines of text, `num_ctx 8192`. */
  readonly parameters?: string;
  /** The window it is loaded with. Default: what the last chat with it asked for, else its `contextLength`. */
  readonly loadedContext?: number;
  readonly template?: string;
  /** Bytes. */
  readonly size?: number;
};

export type OllamaOptions = {
  /** By name; one without a tag is `:latest`. */
  readonly models: Readonly<Record<string, OllamaModel>>;
  readonly version?: string;
};

const usualContext = 131_072;
const usualSize = 4_000_000_000;
const usualCapabilities = ['completion', 'tools', 'thinking', 'vision'] as const;
const architecture = 'llama';

const fullName = (name: string): string => (/:[^/]*$/.test(name) ? name : `${name}:latest`);

function textAt(request: RecordedRequest, ...keys: readonly string[]): string | undefined {
  const { body } = request;
  const values = isJsonObject(body) ? keys.map((key) => body[key]) : [];
  return values.find((value) => typeof value === 'string');
}

const isChat = (request: RecordedRequest): boolean => pathOf(request).endsWith('/api/chat');

/** The window that the last chat with the model asked for. */
function askedContext(name: string, requests: readonly RecordedRequest[]): number | undefined {
  const last = requests.findLast((request) => isChat(request) && fullName(textAt(request, 'model') ?? '') === name);
  const options = isJsonObject(last?.body) ? last.body['options'] : undefined;
  const asked = isJsonObject(options) ? options['num_ctx'] : undefined;
  return typeof asked === 'number' ? asked : undefined;
}

const namesIn = (requests: readonly RecordedRequest[]): readonly string[] =>
  requests.map((request) => textAt(request, 'model', 'name')).filter((name) => name !== undefined);

function shown({ contextLength, capabilities, parameters, template }: OllamaModel): JsonObject {
  const length = contextLength === undefined ? usualContext : contextLength;
  const abilities = capabilities === undefined ? usualCapabilities : capabilities;
  return {
    modelfile: '',
    template: template ?? '{{ .Prompt }}',
    details: { format: 'gguf', family: architecture, families: [architecture], parameter_size: '7B' },
    ...(parameters === undefined ? {} : { parameters }),
    ...(length === null
      ? {}
      : { model_info: { 'general.architecture': architecture, [`${architecture}.context_length`]: length } }),
    ...(abilities === null ? {} : { capabilities: [...abilities] }),
  };
}

/** What such a server says of itself and its models: of those it was given, else of whatever it was asked about. */
export class OllamaDesk {
  readonly #options: OllamaOptions | undefined;
  readonly #requests: readonly RecordedRequest[];

  constructor(options: OllamaOptions | undefined, requests: readonly RecordedRequest[]) {
    this.#options = options;
    this.#requests = requests;
  }

  /** Undefined where the request asks for something else. */
  answerTo(request: RecordedRequest): RawAnswer | undefined {
    // A server may stand behind a path of a proxy.
    switch (`${request.method} ${pathOf(request).replace(/^.*(?=\/api\/\w+$)/s, '')}`) {
      case 'GET /api/version':
        return { json: { version: this.#options?.version ?? '0.33.0' } };
      case 'GET /api/tags':
        return { json: { models: this.#names().map((name) => this.#installed(name)) } };
      case 'GET /api/ps':
        return { json: { models: this.#loadedNames().map((name) => this.#loaded(name)) } };
      case 'POST /api/show':
        return this.#show(textAt(request, 'model', 'name') ?? '');
      default:
        return undefined;
    }
  }

  #show(name: string): RawAnswer {
    const model = this.#model(fullName(name));
    if (model === undefined) return { status: 404, json: { error: `model '${name}' not found` } };
    return { json: shown(model) };
  }

  #model(name: string): OllamaModel | undefined {
    if (this.#options === undefined) return {};
    return Object.entries(this.#options.models).find(([other]) => fullName(other) === name)?.[1];
  }

  #names(): readonly string[] {
    const names = this.#options === undefined ? namesIn(this.#requests) : Object.keys(this.#options.models);
    return [...new Set(names.map(fullName))];
  }

  /** Those that were talked to, and those that are said to be loaded. */
  #loadedNames(): readonly string[] {
    const used = new Set(namesIn(this.#requests.filter(isChat)).map(fullName));
    return this.#names().filter((name) => used.has(name) || this.#model(name)?.loadedContext !== undefined);
  }

  #installed(name: string): JsonObject {
    const size = this.#model(name)?.size ?? usualSize;
    return { name, model: name, modified_at: '2026-01-01T00:00:00Z', size, digest: 'd', details: { format: 'gguf' } };
  }

  #loaded(name: string): JsonObject {
    const model = this.#model(name) ?? {};
    const size = model.size ?? usualSize;
    const context_length =
      model.loadedContext ?? askedContext(name, this.#requests) ?? model.contextLength ?? usualContext;
    return { name, model: name, size, size_vram: size, expires_at: '2026-01-01T01:00:00Z', context_length };
  }
}
