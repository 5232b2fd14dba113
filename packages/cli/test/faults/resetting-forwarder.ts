import { connect, createServer, type Socket } from 'node:net';
import { type Loopback, onLoopback } from '@trae-cli/testkit';

export interface Forwarder extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** How many connections were reset. */
  readonly resets: number;
}

export type ForwarderOptions = {
  /** Where everything goes: `http://127.0.0.1:PORT`. */
  readonly target: string;
  /** What is counted are requests to this path. */
  readonly path: string;
  /** Whether the connection is reset instead of passing the request with this number on, the first being 1. */
  isReset(request: number): boolean;
};

class ResettingForwarder implements Forwarder {
  resets = 0;
  readonly #options: ForwarderOptions;
  readonly #loopback: Loopback;
  #requests = 0;

  constructor(options: ForwarderOptions, loopback: Loopback) {
    this.#options = options;
    this.#loopback = loopback;
  }

  get origin(): string {
    return `http://${this.#loopback.host}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loopback[Symbol.asyncDispose]();
  }

  forward(client: Socket): void {
    const { hostname, port } = new URL(this.#options.target);
    const upstream = connect(Number(port), hostname);
    client.on('error', () => undefined).on('close', () => upstream.destroy());
    upstream.on('error', () => undefined).on('close', () => client.destroy());
    upstream.pipe(client);
    client.on('data', (bytes) => {
      if (this.#isToReset(bytes)) client.resetAndDestroy();
      else upstream.write(bytes);
    });
  }

  /** A client that waits for one answer before it asks again begins a packet with each request. */
  #isToReset(bytes: Buffer): boolean {
    if (!bytes.subarray(0, 200).toString('latin1').startsWith(`POST ${this.#options.path} `)) return false;
    this.#requests += 1;
    const isReset = this.#options.isReset(this.#requests);
    if (isReset) this.resets += 1;
    return isReset;
  }
}

/** Passes connections on, and resets some of them. */
export async function resettingForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const server = createServer();
  const forwarder = new ResettingForwarder(options, await onLoopback(server));
  server.on('connection', (client: Socket) => forwarder.forward(client));
  return forwarder;
}
