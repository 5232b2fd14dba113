import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { JsonValue } from '@trae-cli/protocol';
import { encodeAnswer } from './answer-formats.js';
import { abortable, createGate, type Gate } from './gate.js';
import { type Loopback, onLoopback } from './loopback.js';
import type { ModelAnswer } from './model-answer.js';
import { listedModels } from './model-listing.js';
import { OllamaDesk, type OllamaOptions } from './ollama-desk.js';
import type { RecordedRequest } from './recorded-request.js';
import { type RawAnswer, sendAnswer } from './server-answer.js';

export type ServerAnswer = ModelAnswer | RawAnswer;
export type Respond = (request: RecordedRequest) => ServerAnswer | Promise<ServerAnswer>;
/** Answers in the order of the requests, or one function for all of them. */
export type ServerScript = readonly (ServerAnswer | Respond)[] | Respond;

export type ModelServerOptions = {
  /** Answers `GET …/models` with these, without using up the script, and in Anthropic's form where that is asked for. */
  readonly models?: readonly string[];
  /** What the server says at Ollama's paths, without using up the script. Default: it has every model that is asked for. */
  readonly ollama?: OllamaOptions;
  /** Speaks TLS with this key and certificate, both PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A real server on a loopback port of its own; leaving the scope closes it and every connection. */
export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  /** Oldest first, those included that the script was not needed for. */
  readonly requests: readonly RecordedRequest[];
  /** Those of them that the script was asked to answer. */
  readonly turns: readonly RecordedRequest[];
  /** Resolves when `count` requests have come. */
  untilRequests(count: number): Promise<void>;
}

const answerFields = ['text', 'calls', 'reasoning', 'finishReason', 'usage', 'fails', 'breaksOff'] as const;

const isModelAnswer = (answer: ServerAnswer): answer is ModelAnswer => answerFields.some((field) => field in answer);

function parsed(raw: Buffer): JsonValue {
  try {
    return JSON.parse(raw.toString('utf8')) as JsonValue;
  } catch {
    return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

type Play = { readonly closed: Gate; isOver: boolean };

class ScriptedServer implements ModelServer {
  readonly requests: RecordedRequest[] = [];
  readonly turns: RecordedRequest[] = [];
  readonly #script: ServerScript;
  readonly #options: ModelServerOptions;
  readonly #loopback: Loopback;
  readonly #desk: OllamaDesk;
  readonly #watchers: { readonly count: number; readonly gate: Gate }[] = [];
  readonly #exchanges = new Set<Promise<void>>();
  /** How many ids there are with each prefix. */
  readonly #idsMade = new Map<string, number>();

  constructor(script: ServerScript, options: ModelServerOptions, loopback: Loopback) {
    this.#script = script;
    this.#options = options;
    this.#desk = new OllamaDesk(options.ollama, this.requests);
    this.#loopback = loopback;
  }

  get origin(): string {
    return `${this.#options.tls === undefined ? 'http' : 'https'}://${this.#loopback.host}`;
  }

  get url(): string {
    return `${this.origin}/v1`;
  }

  untilRequests(count: number): Promise<void> {
    const gate = createGate();
    this.#watchers.push({ count, gate });
    this.#wakeWatchers();
    return gate.opened;
  }

  meet(request: IncomingMessage, response: ServerResponse): void {
    const exchange = this.#exchange(request, response).finally(() => this.#exchanges.delete(exchange));
    this.#exchanges.add(exchange);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loopback[Symbol.asyncDispose]();
    await Promise.all(this.#exchanges);
  }

  async #exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.socket?.setNoDelay(true);
    const closed = new AbortController();
    // Until the script has been played to its end, a connection that closes was closed by the client.
    const play: Play = { closed: createGate(), isOver: false };
    response.on('close', () => {
      closed.abort();
      play.closed.open();
    });
    try {
      const recorded = await this.#record(request, play);
      const answer = this.#encoded(await abortable(this.#answerTo(recorded), closed.signal), recorded);
      await sendAnswer(response, answer, closed.signal);
      play.isOver = true;
    } catch (error) {
      // A client that has gone away is what some cases are about; anything else has to be seen by the client.
      if (closed.signal.aborted || response.destroyed || response.socket?.destroyed !== false) return;
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain', 'x-should-retry': 'false' });
      response.end(error instanceof Error ? error.stack : String(error));
    }
  }

  async #record(request: IncomingMessage, play: Play): Promise<RecordedRequest> {
    const raw = await bodyOf(request);
    const recorded: RecordedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      raw,
      body: parsed(raw),
      at: performance.now(),
      ended: play.closed.opened.then(() => (play.isOver ? 'answered' : 'abandoned')),
    };
    this.requests.push(recorded);
    this.#wakeWatchers();
    return recorded;
  }

  #wakeWatchers(): void {
    for (const { count, gate } of this.#watchers) if (this.requests.length >= count) gate.open();
  }

  async #answerTo(request: RecordedRequest): Promise<ServerAnswer> {
    const aside = listedModels(this.#options.models, request) ?? this.#desk.answerTo(request);
    if (aside !== undefined) return aside;
    const turn = this.#nextTurn(request);
    return typeof turn === 'function' ? turn(request) : turn;
  }

  #nextTurn(request: RecordedRequest): ServerAnswer | Respond {
    const taken = this.turns.push(request);
    if (typeof this.#script === 'function') return this.#script;
    const message = `The script of the model server has ${this.#script.length} answers; request ${taken} came.`;
    return this.#script[taken - 1] ?? { status: 400, json: { error: { message } } };
  }

  #encoded(answer: ServerAnswer, request: RecordedRequest): RawAnswer {
    return isModelAnswer(answer) ? encodeAnswer(answer, request, (prefix) => this.#mintId(prefix)) : answer;
  }

  #mintId(prefix: string): string {
    const number = (this.#idsMade.get(prefix) ?? 0) + 1;
    this.#idsMade.set(prefix, number);
    return `${prefix}_${number}`;
  }
}

/** Answers one request after the other by a script, or all of them by a function, and writes down what it was asked. */
export async function modelServer(script: ServerScript, options: ModelServerOptions = {}): Promise<ModelServer> {
  const listener = options.tls === undefined ? createServer() : createTlsServer(options.tls);
  const server = new ScriptedServer(script, options, await onLoopback(listener));
  listener.on('request', (request: IncomingMessage, response: ServerResponse) => server.meet(request, response));
  return server;
}
