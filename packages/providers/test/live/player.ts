import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bodyOf, localServer } from './local-server.js';
import { bytesOf, type Tape, type TapedExchange } from './tape.js';

export interface Player extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Requests that are not on the tape, as `POST /v1/chat/completions`. */
  readonly strangers: readonly string[];
}

const placeOf = ({ method, path }: TapedExchange['request']): string => `${method} ${path}`;

async function playBack({ status, headers, chunks, end }: TapedExchange['response'], response: ServerResponse) {
  response.writeHead(status, headers);
  response.flushHeaders();
  for (const chunk of chunks) {
    response.write(bytesOf(chunk));
    await nextTurn();
  }
  if (end === 'reset') response.socket?.resetAndDestroy();
  else response.end();
}

/** Answers as the service has answered: to each request the first answer on the tape that nobody has heard yet. */
export async function player({ exchanges }: Tape): Promise<Player> {
  const left = [...exchanges];
  const strangers: string[] = [];
  const server = await localServer((request, response) => {
    const place = `${request.method} ${request.url}`;
    const index = left.findIndex((exchange) => placeOf(exchange.request) === place);
    const [exchange] = index === -1 ? [] : left.splice(index, 1);
    void bodyOf(request).then(() => {
      if (exchange !== undefined) return playBack(exchange.response, response);
      strangers.push(place);
      response.writeHead(501).end();
      return undefined;
    });
  });
  return { origin: server.origin, strangers, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
