import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { onLoopback } from '@trae-cli/testkit';

export interface LocalServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
}

/** A server on a loopback port of its own; leaving the scope closes it and every connection. */
export async function localServer(listener: RequestListener): Promise<LocalServer> {
  const loopback = await onLoopback(createServer(listener));
  return { origin: `http://${loopback.host}`, [Symbol.asyncDispose]: () => loopback[Symbol.asyncDispose]() };
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
