import { describe, expect, test } from 'vitest';
import { paintFor } from '../../src/output/paint.js';
import { afterKey, listRows, narrowed, optionNamed } from '../../src/prompt/choose.js';

const paint = paintFor(
  {
    isTerminal: false,
    columns: undefined,
    write: () => undefined,
    showStatus: () => undefined,
    failure: () => Promise.resolve(undefined),
  },
  {},
);

const options = Array.from({ length: 30 }, (_, index) => ({
  label: `provider-${index + 1}`,
  hint: 'a hint that is rather long for a screen',
}));

describe('the list of options', () => {
  test.each([
    [80, 24],
    [30, 24],
    [80, 8],
    [10, 4],
  ])('is never wider than %i columns nor higher than %i rows, and holds what is marked', (columns, rows) => {
    for (let position = 0; position < options.length; position += 1) {
      const drawn = listRows(options, { filter: '', position }, { columns, rows, paint });
      expect(Math.max(...drawn.map((row) => row.length))).toBeLessThan(columns);
      expect(drawn.length).toBeLessThanOrEqual(Math.max(4, rows - 1));
      expect(drawn.filter((row) => row.startsWith('❯'))).toEqual([
        expect.stringContaining(`provider-${position + 1}`.slice(0, columns - 3)),
      ]);
    }
  });

  test('is narrowed by what is typed, whatever its case', () => {
    expect(narrowed(options, ' ER-3').map(({ label }) => label)).toEqual(['provider-3', 'provider-30']);
    expect(listRows(options, { filter: 'nobody', position: 0 }, { columns: 80, rows: 24, paint })).toEqual([
      '  nothing matches',
      '> nobody',
    ]);
  });

  test('goes round at its ends, and begins anew when it is narrowed', () => {
    const start = { filter: '', position: 0 };
    expect(afterKey(start, { type: 'up' }, 3).position).toBe(2);
    expect(afterKey({ filter: '', position: 2 }, { type: 'down' }, 3).position).toBe(0);
    expect(afterKey(start, { type: 'down' }, 0).position).toBe(0);
    expect(afterKey({ filter: 'g', position: 2 }, { type: 'typed', text: 'r' }, 3)).toEqual({
      filter: 'gr',
      position: 0,
    });
    expect(afterKey({ filter: 'gr', position: 0 }, { type: 'backspace' }, 1).filter).toBe('g');
    expect(afterKey({ filter: 'gr', position: 0 }, { type: 'clear' }, 1).filter).toBe('');
  });

  test('can be chosen from by number or name', () => {
    expect(optionNamed('2', options)?.label).toBe('provider-2');
    expect(optionNamed('Provider-7', options)?.label).toBe('provider-7');
    expect(optionNamed('0', options)).toBeUndefined();
  });
});
