import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { JsonValue } from '@trae-cli/protocol';
import { abortable, untilAborted } from './gate.js';

/** A wait on the server's side: for a promise, or for a few real milliseconds where the case is about time. */
export type Wait = { readonly until: Promise<unknown> } | { readonly waitMs: number };

/** Strings and bytes are written one by one, each in a packet of its own. */
export type Chunk = string | Uint8Array | Wait;

/** An answer down to its bytes. */
export type RawAnswer = {
  /** Default: 200. */
  readonly status?: number;
  /** Added to the content type, which follows from the body; `content-type` replaces it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Before even the headers. */
  readonly before?: Wait;
  readonly body?: string | Uint8Array;
  readonly json?: JsonValue;
  /** An event stream, unless the headers say otherwise. */
  readonly chunks?: readonly Chunk[];
  /** After the last byte: a proper end (the default), a reset of the connection, or silence. */
  readonly end?: 'end' | 'reset' | 'hang';
};

function chunksOf(answer: RawAnswer): readonly Chunk[] {
  if (answer.json !== undefined) return [JSON.stringify(answer.json)];
  if (answer.body !== undefined) return [answer.body];
  return answer.chunks ?? [];
}

function contentTypeOf(answer: RawAnswer): Readonly<Record<string, string>> {
  if (answer.json !== undefined) return { 'content-type': 'application/json' };
  if (answer.chunks !== undefined) return { 'content-type': 'text/event-stream' };
  return {};
}

const waitFor = (wait: Wait, closed: AbortSignal): Promise<unknown> =>
  'until' in wait ? abortable(wait.until, closed) : pause(wait.waitMs, undefined, { signal: closed });

function written(response: ServerResponse, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(chunk, (error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

async function writeChunks(response: ServerResponse, chunks: readonly Chunk[], closed: AbortSignal): Promise<void> {
  for (const chunk of chunks) {
    closed.throwIfAborted();
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) await waitFor(chunk, closed);
    else if (chunk.length > 0) {
      // The callback of a write is not always called when the connection goes away under it.
      await abortable(written(response, chunk), closed);
      await nextTurn();
    }
  }
}

/** Plays the answer to its end, or until `closed` is aborted because nobody is listening any more. */
export async function sendAnswer(response: ServerResponse, answer: RawAnswer, closed: AbortSignal): Promise<void> {
  if (answer.before !== undefined) await waitFor(answer.before, closed);
  response.writeHead(answer.status ?? 200, { ...contentTypeOf(answer), ...answer.headers });
  response.flushHeaders();
  await writeChunks(response, chunksOf(answer), closed);
  switch (answer.end) {
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'hang':
      await untilAborted(closed);
      break;
    case 'end':
    case undefined:
      response.end();
      break;
    default:
      answer.end satisfies never;
  }
}
