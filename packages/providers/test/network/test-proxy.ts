import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as forward, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';

export const fixture = (name: string): Promise<string> =>
  readFile(new URL(`fixtures/${name}.pem`, import.meta.url), 'utf8');

/** The identity of `model.test` and 127.0.0.1, vouched for by `authority.pem`. */
export const serviceTls = async (): Promise<{ readonly key: string; readonly cert: string }> => ({
  key: await fixture('service-key'),
  cert: await fixture('service-certificate'),
});

export type ProxyOptions = {
  /** Where everything that is asked for really goes. */
  readonly port: number;
  /** What a client has to send; anybody is let through where it is absent. */
  readonly authorization?: string;
  /** Answered in the place of what was asked for. */
  readonly refusal?: string;
  /** Takes the request and says nothing. */
  readonly isSilent?: boolean;
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A proxy on a loopback port that tunnels and forwards to one place, whatever name it is asked for. */
export class TestProxy implements AsyncDisposable {
  /** First lines, as in `CONNECT model.test:443`. */
  readonly asked: string[] = [];
  readonly #options: ProxyOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#server = options.tls === undefined ? createServer() : createTlsServer(options.tls);
    this.#server.on('connection', (socket: Socket) => this.#keep(socket));
    this.#server.on('connect', (request: IncomingMessage, socket: Socket) => this.#tunnel(request, socket));
    this.#server.on('request', (request, response) => {
      if (!this.#lets(request, response.socket as Socket)) return;
      const { headers, method, url = '' } = request;
      const { pathname } = new URL(url);
      const onward = forward({ host: '127.0.0.1', port: options.port, path: pathname, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.port}`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => {
      this.#server.close(resolve);
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
  }

  #lets({ headers, method = '', url = '' }: IncomingMessage, socket: Socket): boolean {
    this.asked.push(`${method} ${url}`);
    const { authorization, isSilent = false, refusal } = this.#options;
    const isKnown = authorization === undefined || headers['proxy-authorization'] === authorization;
    const answer = refusal ?? (isKnown ? undefined : 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    if (answer !== undefined) socket.end(answer);
    return answer === undefined && !isSilent;
  }

  #tunnel(request: IncomingMessage, socket: Socket): void {
    if (!this.#lets(request, socket)) return;
    const onward = connect(this.#options.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    this.#keep(onward);
    this.#keep(socket);
  }
}

export async function testProxy(options: ProxyOptions): Promise<TestProxy> {
  const proxy = new TestProxy(options);
  await proxy.listen();
  return proxy;
}
