import { describe, expect, test } from 'vitest';
import { type CallDelta, ToolCalls } from '../../src/tool-calls.js';

const settled = (...deltas: readonly CallDelta[]) => {
  const calls = new ToolCalls();
  for (const delta of deltas) calls.add(delta);
  return calls.settle(
    () => 'minted',
    (id) => id === 'taken',
  );
};

describe('the pieces of tool calls', () => {
  test('arguments that come before any name belong to the first call', () => {
    const { calls } = settled({ arguments: '{"a"' }, { name: 'read', arguments: ':1}' });
    expect(calls).toEqual([{ id: 'minted', name: 'read', arguments: '{"a":1}' }]);
  });

  test('two calls without ids on one index are two where their names differ', () => {
    const { calls } = settled({ index: 0, name: 'ls', arguments: '{}' }, { index: 0, name: 'pwd', arguments: '{}' });
    expect(calls.map(({ name }) => name)).toEqual(['ls', 'pwd']);
  });

  test('two calls without ids on one index are two where the first has complete arguments', () => {
    const { calls } = settled(
      { index: 0, name: 'read', arguments: '{"path":"a"}' },
      { index: 0, name: 'read', arguments: '{"path":"b"}' },
    );
    expect(calls.map((call) => call.arguments)).toEqual(['{"path":"a"}', '{"path":"b"}']);
  });

  test('two calls on one index are two where only the second has an id', () => {
    const { calls } = settled(
      { index: 0, name: 'read', arguments: '{"path":"a"}' },
      { index: 0, id: 'b', name: 'ls', arguments: '{}' },
    );
    expect(calls).toEqual([
      { id: 'minted', name: 'read', arguments: '{"path":"a"}' },
      { id: 'b', name: 'ls', arguments: '{}' },
    ]);
  });

  test('one call stays one where its id comes late, beside its name', () => {
    const { calls } = settled(
      { index: 0, name: 'read', arguments: '{"path"' },
      { index: 0, id: 'b', name: 'read', arguments: ':"a"}' },
    );
    expect(calls).toEqual([{ id: 'b', name: 'read', arguments: '{"path":"a"}' }]);
  });

  test('one call stays one where its name is repeated with every piece', () => {
    const { calls } = settled(
      { index: 0, id: 'a', name: 'read', arguments: '{"path":{' },
      { index: 0, name: 'read', arguments: '"b":1}' },
      { index: 0, name: 'read', arguments: '}' },
    );
    expect(calls).toEqual([{ id: 'a', name: 'read', arguments: '{"path":{"b":1}}' }]);
  });

  test('pieces find the right one of two calls that were given the same id', () => {
    const { calls } = settled(
      { index: 0, id: 'a', name: 'read', arguments: '{"n"' },
      { index: 1, id: 'a', name: 'ls', arguments: '{"m"' },
      { index: 0, id: 'a', arguments: ':0}' },
      { index: 1, id: 'a', arguments: ':1}' },
    );
    expect(calls).toEqual([
      { id: 'a', name: 'read', arguments: '{"n":0}' },
      { id: 'minted', name: 'ls', arguments: '{"m":1}' },
    ]);
  });

  test('an id that the conversation has already is replaced', () => {
    expect(settled({ id: 'taken', name: 'ls', arguments: '' }).calls).toEqual([
      { id: 'minted', name: 'ls', arguments: '{}' },
    ]);
  });

  test('ids stay apart even where they are minted alike', () => {
    const { calls } = settled({ index: 0, name: 'a', arguments: '' }, { index: 1, name: 'b', arguments: '' });
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  });

  test('a call without a name is counted, not run', () => {
    expect(settled({ index: 0, id: 'a', arguments: '{}' })).toEqual({ calls: [], nameless: 1 });
  });
});
