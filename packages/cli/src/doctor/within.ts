import { type Clock, formatDuration, TraeError } from '@trae-cli/protocol';

type Patience = { readonly limitMs: number; readonly clock: Clock; readonly signal: AbortSignal };

const tooSlow = (limitMs: number): TraeError =>
  new TraeError('provider_unavailable', `This took longer than ${formatDuration(limitMs)} and was given up.`, {
    hint: 'Run it again: a server may still have been loading the model. If it stays so, look at the server or the network.',
  });

/** Does the work, for so long and no longer; is left at once when the signal is given. */
export async function within<Value>(
  { limitMs, clock, signal }: Patience,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  signal.throwIfAborted();
  const scope = new AbortController();
  const stop = (): void => scope.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const overdue = clock.sleep(limitMs, scope.signal).then(() => {
    throw tooSlow(limitMs);
  });
  try {
    return await Promise.race([work(scope.signal), overdue]);
  } finally {
    signal.removeEventListener('abort', stop);
    scope.abort();
  }
}
