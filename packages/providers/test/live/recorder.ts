import { type IncomingMessage, request as requestPlain, type ServerResponse } from 'node:http';
import { request as requestTls } from 'node:https';
import { bodyOf, type LocalServer, localServer } from './local-server.js';
import { type TapedChunk, taped, type TapedExchange } from './tape.js';

type Headers = Readonly<Record<string, string>>;

/** Those that tell nothing of who asked. */
const keptRequestHeaders = /^(?:accept|content-type|anthropic-(?:version|beta))$/;
const keptResponseHeaders =
  /^(?:content-type|retry-after(?:-ms)?|x-should-retry|(?:anthropic-|x-)?rate-?limit-.*|x-tokenlimit-.*)$/;
const keyHeaders = /^(?:authorization|x-api-key|api-key)$/;
/** Of one connection only; and what is compressed nobody could read on the tape. */
const hopHeaders = /^(?:host|connection|transfer-encoding|keep-alive|accept-encoding)$/;

const plain = (headers: IncomingMessage['headers']): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );

const named = (headers: Headers, isKept: (name: string) => boolean): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => isKept(name)));

const tapedHeaders = (headers: Headers): Headers => ({
  ...named(headers, (name) => keptRequestHeaders.test(name)),
  ...Object.fromEntries(Object.keys(headers).flatMap((name) => (keyHeaders.test(name) ? [[name, '[redacted]']] : []))),
});

export interface Recorder extends AsyncDisposable {
  /** What stands in for the base URL of the service. */
  readonly baseUrl: string;
  /** Of both base URLs; empty where they have none. */
  readonly basePath: string;
  /** What has been said, in the order of the requests; waits for answers that are still coming. */
  exchanges(): Promise<readonly TapedExchange[]>;
}

type Head = { readonly status: number; readonly headers: Headers };

/** One request on its way to the service, and the answer on its way back. */
class Passage {
  readonly #chunks: TapedChunk[] = [];
  readonly #sentAt = performance.now();
  readonly #response: ServerResponse;
  #end: 'end' | 'reset' = 'end';
  #isLeft = false;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Sends the request on, and hands every piece of the answer over as it comes. */
  async pass(url: URL, { method = 'GET', headers }: IncomingMessage, body: Buffer): Promise<Head> {
    const answer = await this.#answered(
      url,
      method,
      named(plain(headers), (name) => !hopHeaders.test(name)),
      body,
    );
    const head = { status: answer.statusCode ?? 0, headers: plain(answer.headers) };
    this.#response.writeHead(
      head.status,
      named(head.headers, (name) => !hopHeaders.test(name)),
    );
    this.#response.flushHeaders();
    try {
      for await (const chunk of answer) this.#hand(chunk as Buffer);
      this.#response.end();
    } catch {
      // A client that has heard enough has broken nothing.
      this.#end = this.#isLeft ? 'end' : 'reset';
      this.#response.socket?.resetAndDestroy();
    }
    return head;
  }

  taped(request: IncomingMessage, body: Buffer, { status, headers }: Head): TapedExchange {
    return {
      request: {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers: tapedHeaders(plain(request.headers)),
        body: body.toString('utf8'),
      },
      response: {
        status,
        headers: named(headers, (name) => keptResponseHeaders.test(name)),
        chunks: this.#chunks,
        end: this.#end,
      },
    };
  }

  #hand(chunk: Buffer): void {
    this.#chunks.push({ atMs: Math.round(performance.now() - this.#sentAt), ...taped(chunk) });
    this.#response.write(chunk);
  }

  #answered(url: URL, method: string, headers: Headers, body: Buffer): Promise<IncomingMessage> {
    const send = url.protocol === 'https:' ? requestTls : requestPlain;
    return new Promise((resolve, reject) => {
      const sent = send(url, { method, headers: { ...headers, 'accept-encoding': 'identity' } }, resolve);
      sent.once('error', reject);
      this.#response.once('close', () => {
        this.#isLeft = !this.#response.writableFinished;
        sent.destroy();
      });
      sent.end(body);
    });
  }
}

/** Stands between a client and a service, and writes down every byte and when it came. */
export async function recorder(baseUrl: string): Promise<Recorder> {
  const { origin, pathname } = new URL(baseUrl);
  const basePath = pathname.replace(/\/$/, '');
  const passages: Promise<TapedExchange | undefined>[] = [];
  const record = async (request: IncomingMessage, response: ServerResponse): Promise<TapedExchange | undefined> => {
    const passage = new Passage(response);
    try {
      const body = await bodyOf(request);
      const head = await passage.pass(new URL(request.url ?? '/', origin), request, body);
      return passage.taped(request, body, head);
    } catch {
      response.destroy();
      return undefined;
    }
  };
  const server: LocalServer = await localServer((request, response) => passages.push(record(request, response)));
  return {
    baseUrl: `${server.origin}${basePath}`,
    basePath,
    exchanges: async () => (await Promise.all(passages)).filter((exchange) => exchange !== undefined),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
