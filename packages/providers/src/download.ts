import { TraeError } from '@trae-cli/protocol';
import type { NetworkSettings } from './entry.js';
import { ServiceFailure } from './errors/failure.js';
import { serviceErrorFrom } from './errors/service-error.js';
import { connectionProblem } from './errors/connection.js';

const limits = { headersMs: 30_000, idleMs: 30_000 } as const;

function problemOf({ failure }: ServiceFailure): string {
  switch (failure.type) {
    case 'answered':
      return `the server answered with HTTP ${failure.status} ${serviceErrorFrom(failure.body, failure.status).message}`.trim();
    case 'redirected':
      return `it is said to be at ${failure.location}`;
    case 'unreachable':
      return `the server ${connectionProblem(failure.cause).words}`;
    case 'silent':
      return 'the server said nothing for 30 s';
    default:
      return 'the connection broke';
  }
}

/** The bytes at an address that a person has named; no key goes there. Throws a usage error where there are none. */
export async function* download(
  address: string,
  network: NetworkSettings | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const { createGuardedFetch, rawAnswer } = await import('./transport/network.js');
  try {
    const fetch = createGuardedFetch({ limits, headerNames: ['accept', 'user-agent'], network });
    const headers = { accept: '*/*', 'user-agent': 'trae-cli' };
    const { bytes } = await rawAnswer(fetch(address, { headers, signal }), signal);
    yield* bytes;
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    throw new TraeError('usage', `${address} cannot be fetched: ${problemOf(error)}.`, {
      hint: 'Check the address, or save the file and name its path.',
    });
  }
}
