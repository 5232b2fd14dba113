import { runInNewContext } from 'node:vm';

/**
 * Runs work that does not wait for anything, and gives it up after a time: a regular expression can be written that
 * never ends, and while it runs nothing else does. Undefined where it was given up.
 */
export function withinTime<Value>(milliseconds: number, work: () => Value): { readonly value: Value } | undefined {
  const outcome: { value?: Value } = {};
  const run = (): void => {
    outcome.value = work();
  };
  try {
    runInNewContext('run()', { run }, { timeout: milliseconds });
  } catch (error) {
    if (isTimeout(error)) return undefined;
    throw error;
  }
  return { value: outcome.value as Value };
}

/** The error comes from the other context: it is no instance of our own `Error`. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
