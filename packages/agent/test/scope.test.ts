import { expect, test } from 'vitest';
import { Scope, unlessAborted } from '../src/scope.js';

test('a scope is aborted with its parent, for the same reason, whenever that happens', () => {
  const parent = new AbortController();
  const before = new Scope(parent.signal);
  const closed = new Scope(parent.signal);
  closed.close();
  parent.abort('time_limit');
  const after = new Scope(parent.signal);
  expect([before, closed, after].map((scope) => scope.isAborted)).toEqual([true, false, true]);
  expect([before.signal.reason, after.signal.reason]).toEqual(['time_limit', 'time_limit']);
});

test('a scope that is abandoned leaves its parent alone', () => {
  const parent = new AbortController();
  const scope = new Scope(parent.signal);
  scope.abandon();
  expect([scope.isAborted, parent.signal.aborted]).toEqual([true, false]);
});

test('a promise is waited for as long as nobody aborts', async () => {
  const { signal } = new AbortController();
  await expect(unlessAborted(Promise.resolve('yes'), signal)).resolves.toBe('yes');
  await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  await expect(unlessAborted(new Promise(() => undefined), AbortSignal.abort())).resolves.toBeUndefined();
});

test('many calls may listen to one scope without Node warning of a leak', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error): number => warnings.push(warning);
  process.on('warning', listener);
  const scope = new Scope(undefined);
  const waits = Array.from({ length: 20 }, () => unlessAborted(new Promise(() => undefined), scope.signal));
  await new Promise(setImmediate);
  scope.abandon();
  await Promise.all(waits);
  process.off('warning', listener);
  expect(warnings).toEqual([]);
});
