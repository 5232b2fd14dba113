import { createTurn, type LLMProvider, type Message, type Model, Secret, type ToolMessage } from '@trae-cli/protocol';
import { type ApiFormat, createRegistry, customEntry, type ToolMode } from '@trae-cli/providers';
import {
  type AskedTurn,
  type ModelAnswer,
  type ModelServer,
  modelServer,
  readRequest,
  testClock,
} from '@trae-cli/testkit';
import { canaryKey, never, readTool } from '../conversation.js';

export type SpeakerOptions = {
  readonly format: ApiFormat;
  readonly model: string;
  readonly answers: readonly ModelAnswer[];
  /** Default: native. */
  readonly toolMode?: ToolMode;
};

const underV1: ReadonlySet<ApiFormat> = new Set(['openai-chat', 'openai-responses']);

function providerAt(server: ModelServer, { format, toolMode = 'native' }: SpeakerOptions): LLMProvider {
  const entry = customEntry(`house-${format}`, { apiFormat: format });
  const registry = createRegistry([entry], { clock: testClock(), random: () => 0.5 });
  return registry.provider(entry.id, {
    apiKey: new Secret(canaryKey, 'test'),
    baseUrl: underV1.has(format) ? server.url : server.origin,
    maxRetries: 0,
    multimodal: true,
    toolMode,
  });
}

/** A model of one protocol and its server, which take turns in a conversation that may have been begun with others. */
export class Speaker implements AsyncDisposable {
  readonly #server: ModelServer;
  readonly #model: Model;

  constructor(server: ModelServer, model: Model) {
    this.#server = server;
    this.#model = model;
  }

  /** The conversation with the next answer behind it. */
  async answer(messages: readonly Message[]): Promise<readonly Message[]> {
    const turn = createTurn();
    const request = { instructions: 'Be brief.', messages, tools: [readTool] };
    for await (const event of this.#model.stream(request, never)) turn.apply(event);
    const finished = turn.finished(this.#model.ref);
    if (finished === undefined) throw new Error('The turn did not finish.');
    return [...messages, finished.message];
  }

  /** What the server was asked last; throws where it would have refused. */
  get asked(): AskedTurn {
    const request = this.#server.turns.at(-1);
    if (request === undefined) throw new Error('Nothing was asked.');
    return readRequest(request);
  }

  /** The same, as it was sent. */
  get raw(): string {
    return this.#server.turns.at(-1)?.raw.toString('utf8') ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}

export async function speaker(options: SpeakerOptions): Promise<Speaker> {
  const server = await modelServer(options.answers);
  return new Speaker(server, await providerAt(server, options).model(options.model, never));
}

/** The calls of the last message with an answer to each but those that `isAnswered` leaves out. */
export function answered(
  messages: readonly Message[],
  content: (path: string) => ToolMessage['content'],
  isAnswered: (path: string) => boolean = () => true,
): readonly Message[] {
  const last = messages.at(-1);
  const calls = last?.role === 'assistant' ? last.content.filter((part) => part.type === 'tool_call') : [];
  const answers = calls.flatMap((call): ToolMessage[] => {
    const { path } = JSON.parse(call.arguments) as { readonly path: string };
    if (!isAnswered(path)) return [];
    return [{ role: 'tool', callId: call.id, toolName: call.name, status: 'ok', content: content(path) }];
  });
  return [...messages, ...answers];
}
