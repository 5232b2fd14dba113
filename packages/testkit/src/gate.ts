/** Something to wait for that the test itself lets happen. */
export type Gate = {
  readonly opened: Promise<void>;
  open(): void;
};

export function createGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Waits for the promise, but no longer than the signal allows: rejects with its reason when aborted. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Never resolves: rejects with the signal's reason when aborted. */
export const untilAborted = (signal: AbortSignal): Promise<never> =>
  abortable(new Promise<never>(() => undefined), signal);
