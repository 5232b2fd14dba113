import { TraeError } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import { GuardedResponse } from './guarded-fetch.js';

/** A vendor's client wraps what its `fetch` has thrown. */
function unwrapped(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof ServiceFailure ? cause : error;
}

/** The raw answer that a vendor's client gives, or what really went wrong. */
export async function rawAnswer(sent: PromiseLike<Response>, signal: AbortSignal): Promise<GuardedResponse> {
  try {
    const response = await sent;
    if (response instanceof GuardedResponse) return response;
  } catch (error) {
    throw unwrapped(error, signal);
  }
  throw new TraeError('internal', 'The client has answered without asking.');
}
