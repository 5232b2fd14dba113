import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

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
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #requests = 0;

  constructor(options: ForwarderOptions) {
    this.#options = options;
    this.#server = createServer((client) => this.#forward(client));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
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
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #keep(socket: Socket, onEnd: () => void): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      onEnd();
    });
  }

  #forward(client: Socket): void {
    const { hostname, port } = new URL(this.#options.target);
    const upstream = connect(Number(port), hostname);
    this.#keep(client, () => upstream.destroy());
    this.#keep(upstream, () => client.destroy());
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
  const forwarder = new ResettingForwarder(options);
  await forwarder.listen();
  return forwarder;
}
