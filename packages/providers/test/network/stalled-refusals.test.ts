import { createServer, type Socket } from 'node:net';
import { onLoopback } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { ServiceFailure } from '../../src/errors/failure.js';
import { createGuardedFetch } from '../../src/transport/guarded-fetch.js';

type Talk = (socket: Socket) => void;

/** A server that says to everybody the same, and never closes. */
async function talker(talk: Talk) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => talk(socket));
  });
  const loopback = await onLoopback(server);
  return { url: `http://${loopback.host}/`, [Symbol.asyncDispose]: () => loopback[Symbol.asyncDispose]() };
}

/** As patient as with a model of one's own that is loading. */
const fetch = createGuardedFetch({ limits: { headersMs: undefined, idleMs: 1_800_000 }, headerNames: [] });

const failureAt = async (url: string) => {
  const error: unknown = await fetch(url).catch((thrown: unknown) => thrown);
  return error instanceof ServiceFailure ? error.failure : error;
};

const head = (status: string, more = ''): string => `HTTP/1.1 ${status}\r\n${more}content-length: 100000\r\n\r\n`;

describe('a refusal is not waited for to its end', () => {
  test('where it stops in the middle', async () => {
    await using server = await talker((socket) => socket.write(`${head('401 Unauthorized')}{"error":"no"}`));
    expect(await failureAt(server.url)).toMatchObject({ type: 'answered', status: 401, body: '{"error":"no"}' });
  });

  test('where it comes drop by drop', async () => {
    await using server = await talker((socket) => {
      socket.write(head('400 Bad Request'));
      const drip = setInterval(() => socket.write('x'), 100);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await failureAt(server.url)).toMatchObject({
      type: 'answered',
      status: 400,
      body: expect.stringMatching(/^x+$/) as string,
    });
  });

  test('where it only leads elsewhere', async () => {
    const location = 'location: http://other.example/\r\n';
    await using server = await talker((socket) => socket.write(head('302 Found', location)));
    expect(await failureAt(server.url)).toMatchObject({ type: 'redirected', location: 'http://other.example/' });
  });
});
