import { inspect } from 'node:util';
import {
  type Clock,
  createTurn,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Message,
  type Model,
  type ModelEvent,
  type ModelRequest,
  Secret,
  type StopReason,
  textOf,
  TraeError,
  type ToolCallPart,
  type ToolSpec,
  type AssistantMessage,
  type Usage,
  userMessage,
} from '@trae-cli/protocol';
import { catalog, type CatalogEntry, createRegistry, type ProviderSettings } from '@trae-cli/providers';
import { type ModelServer, modelServer, type ServerScript, type TestClock, testClock } from '@trae-cli/testkit';
import { expect } from 'vitest';
import { plain } from './entries.js';

/** The key every conversation is held with. It must never be seen anywhere but in the header that carries it. */
export const canaryKey = 'sk-canary-3f9d5b7e21c84a60';

export const never: AbortSignal = new AbortController().signal;

export const readTool: ToolSpec = {
  name: 'read',
  description: 'Reads a file.',
  inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
};

export const asking = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  instructions: 'Be brief.',
  messages: [userMessage(text)],
  tools: [readTool],
  ...more,
});

export const askingWith = (messages: readonly Message[], more: Partial<ModelRequest> = {}): ModelRequest =>
  asking('', { messages, ...more });

/** Everything one turn came to: what was said until its end, good or bad. */
export type Heard = {
  readonly events: readonly ModelEvent[];
  readonly message: AssistantMessage;
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly ToolCallPart[];
  /** Undefined where the turn did not finish. */
  readonly stop: StopReason | undefined;
  readonly usage: Usage | null | undefined;
  /** What was thrown, or undefined. */
  readonly error: unknown;
};

export type HearOptions = {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ModelEvent) => void;
};

function expectNoKey(events: readonly ModelEvent[], error: unknown): void {
  const everything = `${JSON.stringify(events)}${inspect(error, { depth: 12, showHidden: true, maxStringLength: null })}`;
  expect(everything.includes(canaryKey), 'the key was seen in an event or an error').toBe(false);
}

export async function hear(model: Model, request: ModelRequest, options: HearOptions = {}): Promise<Heard> {
  const events: ModelEvent[] = [];
  const turn = createTurn();
  let error: unknown;
  try {
    // One signal for many turns at once would be listened to more often than Node takes for sound.
    const signal = options.signal ?? new AbortController().signal;
    for await (const event of model.stream(request, signal)) {
      events.push(event);
      turn.apply(event);
      options.onEvent?.(event);
    }
  } catch (thrown) {
    error = thrown;
  }
  expectNoKey(events, error);
  const finished = turn.finished(model.ref);
  const message = turn.message(model.ref);
  return {
    events,
    message,
    text: textOf(message.content),
    reasoning: message.content.map((part) => (part.type === 'reasoning' ? part.text : '')).join(''),
    calls: message.content.filter((part) => part.type === 'tool_call'),
    stop: finished?.stop,
    usage: finished?.usage,
    error,
  };
}

export type Setting = {
  /** Which entry to talk through: an id of the catalog, or an entry of our own. */
  readonly entry?: string | CatalogEntry;
  readonly model?: string;
  readonly settings?: ProviderSettings;
  readonly clock?: Clock;
};

/** A model of the given vendor, at any address. No retries unless the settings ask for them. */
export async function modelAt(baseUrl: string, setting: Setting = {}): Promise<Model> {
  const { entry = plain, model = 'm', settings, clock = testClock() } = setting;
  const id = typeof entry === 'string' ? entry : entry.id;
  const entries = typeof entry === 'string' ? catalog : [entry];
  const registry = createRegistry(entries, { clock, random: () => 0.5 });
  const apiKey = new Secret(canaryKey, 'test');
  return registry.provider(id, { apiKey, baseUrl, maxRetries: 0, ...settings }).model(model, never);
}

/** A model and the server it talks to. */
export class Conversation implements AsyncDisposable {
  readonly server: ModelServer;
  readonly model: Model;
  readonly clock: TestClock;

  constructor(server: ModelServer, model: Model, clock: TestClock) {
    this.server = server;
    this.model = model;
    this.clock = clock;
  }

  /** The bodies of the requests so far. */
  get bodies(): readonly JsonObject[] {
    return this.server.requests.map(({ body }) => objectOf(body));
  }

  hear(request: ModelRequest = asking('hello'), options: HearOptions = {}): Promise<Heard> {
    return hear(this.model, request, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

export type ConversationOptions = Setting & { readonly testClock?: TestClock };

export async function conversation(script: ServerScript, options: ConversationOptions = {}): Promise<Conversation> {
  const server = await modelServer(script);
  const clock = options.testClock ?? testClock();
  return new Conversation(server, await modelAt(server.url, { clock, ...options }), clock);
}

/** One turn from one stream. */
export async function heardFrom(
  chunks: string | readonly (string | Uint8Array)[],
  options: ConversationOptions & { readonly request?: ModelRequest } = {},
): Promise<Heard> {
  const packets = typeof chunks === 'string' ? [chunks] : chunks;
  await using talk = await conversation([{ chunks: packets }], options);
  return await talk.hear(options.request);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  if (isJsonObject(value)) return value;
  throw new Error(`Not a JSON object: ${JSON.stringify(value)}`);
}

/** The messages of a request body. */
export function messagesOf(body: JsonObject | undefined): readonly JsonObject[] {
  const messages = body?.['messages'];
  if (!Array.isArray(messages)) throw new Error('The body has no messages.');
  return messages.map((message: JsonValue) => objectOf(message));
}

/** An address on this machine where nobody listens. */
export async function deserted(): Promise<string> {
  await using server = await modelServer([]);
  return server.url;
}

/** What a person reads of the error that ended the turn: message and hint. */
export function told({ error }: Heard): string {
  if (!(error instanceof TraeError)) throw new Error('The turn did not end with an error of ours.', { cause: error });
  return `${error.message} ${error.hint ?? ''}`;
}

export const retriesOf = ({ events }: Heard) => events.filter((event) => event.type === 'retrying');
