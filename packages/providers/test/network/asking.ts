import type { NetworkSettings } from '../../src/entry.js';
import { type ConnectionProblem, connectionProblem } from '../../src/errors/connection.js';
import { ServiceFailure } from '../../src/errors/failure.js';
import { createGuardedFetch, GuardedResponse } from '../../src/transport/guarded-fetch.js';

const limits = { headersMs: 10_000, idleMs: 10_000 };

export type Asked = {
  readonly text?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What kept the connection from coming about. */
  readonly problem?: ConnectionProblem;
  readonly error?: unknown;
};

export async function bodyOf(response: Response): Promise<string> {
  if (!(response instanceof GuardedResponse)) throw new Error('The answer is of another kind.');
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Asks once, as the adapters do. */
export async function ask(url: string, network?: NetworkSettings): Promise<Asked> {
  const fetch = createGuardedFetch({ limits, headerNames: ['authorization'], network });
  try {
    const response = await fetch(url, { headers: { authorization: 'Bearer sk-key', 'x-leak': '1' } });
    const text = await bodyOf(response);
    return {
      text,
      status: response.status,
      headers: response instanceof GuardedResponse ? response.answerHeaders : {},
    };
  } catch (error) {
    const { failure } = error instanceof ServiceFailure ? error : {};
    return { error, ...(failure?.type === 'unreachable' ? { problem: connectionProblem(failure.cause) } : {}) };
  }
}
