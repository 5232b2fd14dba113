import { createServer } from 'node:http';
import { type JsonObject, type LLMProvider, type Model, Secret } from '@trae-cli/protocol';
import { catalog, createRegistry, type ProviderSettings } from '@trae-cli/providers';
import {
  type ModelServer,
  modelServer,
  type ModelServerOptions,
  onLoopback,
  type ServerScript,
  testClock,
} from '@trae-cli/testkit';
import { asking, type Heard, hear, type HearOptions, never } from '../conversation.js';

export type TalkOptions = {
  readonly model?: string;
  readonly settings?: ProviderSettings;
  readonly server?: ModelServerOptions;
  /** Bytes. */
  readonly machineMemory?: number;
};

export function providerAt(baseUrl: string, { settings, machineMemory }: TalkOptions = {}): LLMProvider {
  const dependencies = {
    clock: testClock(),
    random: () => 0.5,
    ...(machineMemory === undefined ? {} : { machineMemory }),
  };
  return createRegistry(catalog, dependencies).provider('ollama', { baseUrl, maxRetries: 0, ...settings });
}

/** An Ollama server, and the provider that talks to it. */
export class Talk implements AsyncDisposable {
  readonly server: ModelServer;
  readonly provider: LLMProvider;
  readonly #name: string;

  constructor(server: ModelServer, options: TalkOptions) {
    this.server = server;
    this.provider = providerAt(server.origin, options);
    this.#name = options.model ?? 'm';
  }

  /** The bodies of the turns so far. */
  get bodies(): readonly JsonObject[] {
    return this.server.turns.map(({ body }) => body as JsonObject);
  }

  /** The paths of everything that was asked. */
  get paths(): readonly string[] {
    return this.server.requests.map(({ path }) => path);
  }

  model(): Promise<Model> {
    return this.provider.model(this.#name, never);
  }

  async hear(request = asking('hello'), options: HearOptions = {}): Promise<Heard> {
    return hear(await this.model(), request, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

export const talkWith = async (script: ServerScript, options: TalkOptions = {}): Promise<Talk> =>
  new Talk(await modelServer(script, options.server), options);

/** One turn from the lines of one stream. */
export async function heardLines(lines: readonly (string | Uint8Array)[], options: TalkOptions = {}): Promise<Heard> {
  await using talk = await talkWith([{ headers: { 'content-type': 'application/x-ndjson' }, chunks: lines }], options);
  return await talk.hear();
}

export const key = (): Secret => new Secret('sk-canary-3f9d5b7e21c84a60', 'test');

export const noticesOf = ({ events }: Heard): readonly string[] =>
  events.flatMap((event) => (event.type === 'noticed' ? [event.message] : []));

/** What a request gets, by its path; undefined is silence. */
type Answers = (path: string) => { readonly status?: number; readonly body: string } | undefined;

/** A server that is none of ours, on a loopback port. */
export async function bareServer(
  answers: Answers,
): Promise<AsyncDisposable & { readonly origin: string; readonly paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    paths.push(path);
    const answer = answers(path);
    if (answer === undefined) return;
    const type = answer.body.startsWith('{') ? 'application/json' : 'text/plain';
    response.writeHead(answer.status ?? 200, { 'content-type': type }).end(answer.body);
  });
  const loopback = await onLoopback(server);
  return { origin: `http://${loopback.host}`, paths, [Symbol.asyncDispose]: () => loopback[Symbol.asyncDispose]() };
}
