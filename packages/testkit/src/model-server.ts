import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isJsonObject, type JsonValue } from '@trae-cli/protocol';
import { chatBodyOf, chatStreamOf, type ModelAnswer } from './chat-answer.js';
import { abortable, createGate, type Gate } from './gate.js';
import { splitEvery } from './packets.js';
import { type RawAnswer, sendAnswer } from './server-answer.js';

export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came. */
  readonly raw: Buffer;
  /** The body as JSON; null where it is not JSON. */
  readonly body: JsonValue;
  /** Milliseconds, of a clock that never goes back. */
  readonly at: number;
  /** How the exchange ended, as soon as it has: `abandoned` by a client that did not wait for the rest. */
  readonly ended: Promise<'answered' | 'abandoned'>;
};

export type ServerAnswer = ModelAnswer | RawAnswer;
export type Respond = (request: RecordedRequest) => ServerAnswer | Promise<ServerAnswer>;
/** Answers in the order of the requests, or one function for all of them. */
export type ServerScript = readonly (ServerAnswer | Respond)[] | Respond;

export type ModelServerOptions = {
  /** Answers `GET …/models` with these, without using up the script. */
  readonly models?: readonly string[];
  /** Speaks TLS with this key and certificate, both PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A real server on a loopback port of its own; leaving the scope closes it and every connection. */
export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  /** Oldest first, `GET …/models` included. */
  readonly requests: readonly RecordedRequest[];
  /** Resolves when `count` requests have come. */
  untilRequests(count: number): Promise<void>;
}

const isModelAnswer = (answer: ServerAnswer): answer is ModelAnswer =>
  'text' in answer || 'calls' in answer || 'reasoning' in answer || 'finishReason' in answer || 'usage' in answer;

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
  readonly #script: ServerScript;
  readonly #options: ModelServerOptions;
  readonly #server: Server;
  readonly #watchers: { readonly count: number; readonly gate: Gate }[] = [];
  readonly #exchanges = new Set<Promise<void>>();
  #turnsTaken = 0;
  #callsMade = 0;

  constructor(script: ServerScript, options: ModelServerOptions) {
    this.#script = script;
    this.#options = options;
    this.#server = options.tls === undefined ? createServer() : createTlsServer(options.tls);
    this.#server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const exchange = this.#exchange(request, response).finally(() => this.#exchanges.delete(exchange));
      this.#exchanges.add(exchange);
    });
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
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

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
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
    const { models } = this.#options;
    if (models !== undefined && request.method === 'GET' && request.path.endsWith('/models')) {
      return { json: { object: 'list', data: models.map((id) => ({ id, object: 'model' })) } };
    }
    const turn = this.#nextTurn();
    return typeof turn === 'function' ? turn(request) : turn;
  }

  #nextTurn(): ServerAnswer | Respond {
    if (typeof this.#script === 'function') return this.#script;
    const turn = this.#script[this.#turnsTaken];
    this.#turnsTaken += 1;
    const message = `The script of the model server has ${this.#script.length} answers; request ${this.#turnsTaken} came.`;
    return turn ?? { status: 400, json: { error: { message } } };
  }

  /** Other protocols find their place here, by the path they are asked at. */
  #encoded(answer: ServerAnswer, request: RecordedRequest): RawAnswer {
    if (!isModelAnswer(answer)) return answer;
    const mintId = (): string => `call_${(this.#callsMade += 1)}`;
    const streams = isJsonObject(request.body) && request.body['stream'] === true;
    if (!streams) return { json: chatBodyOf(answer, mintId) };
    const chunks = [...chatStreamOf(answer, mintId)];
    const { packetBytes, breaksOff = 'end' } = answer;
    return { chunks: packetBytes === undefined ? chunks : splitEvery(chunks.join(''), packetBytes), end: breaksOff };
  }
}

/** Answers one request after the other by a script, or all of them by a function, and writes down what it was asked. */
export async function modelServer(script: ServerScript, options: ModelServerOptions = {}): Promise<ModelServer> {
  const server = new ScriptedServer(script, options);
  await server.listen();
  return server;
}
