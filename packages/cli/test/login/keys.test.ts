import { describe, expect, test } from 'vitest';
import { type Key, KeyDecoder } from '../../src/prompt/keys.js';

const escape = '\u001b';

type Case = { readonly name: string; readonly bytes: string; readonly keys: readonly Key[] };

const typed = (text: string): Key => ({ type: 'typed', text });
const pasted = (text: string): Key => ({ type: 'pasted', text });

const cases: readonly Case[] = [
  { name: 'text and Enter', bytes: 'groq\r', keys: [typed('groq'), { type: 'enter' }] },
  {
    name: 'a paste with lines and control characters is one key',
    bytes: `a${escape}[200~gsk_1\r\n\u0003two\n${escape}[201~\r`,
    keys: [typed('a'), pasted('gsk_1\r\n\u0003two\n'), { type: 'enter' }],
  },
  {
    name: 'arrows in both forms',
    bytes: `${escape}[A${escape}OB`,
    keys: [{ type: 'up' }, { type: 'down' }],
  },
  {
    name: 'keys that mean nothing here',
    bytes: `${escape}[1;5C${escape}[3~\t${escape}OPx`,
    keys: [typed('x')],
  },
  { name: 'Escape, and what is typed after it', bytes: `${escape}groq`, keys: [typed('groq')] },
  {
    name: 'what erases, ends and interrupts',
    bytes: '\u007f\b\u0015\u0004\u0003',
    keys: [{ type: 'backspace' }, { type: 'backspace' }, { type: 'clear' }, { type: 'end' }, { type: 'interrupt' }],
  },
];

const joined = (keys: readonly Key[]): readonly Key[] =>
  keys.reduce<readonly Key[]>((before, key) => {
    const last = before.at(-1);
    return key.type === 'typed' && last?.type === 'typed'
      ? [...before.slice(0, -1), typed(last.text + key.text)]
      : [...before, key];
  }, []);

describe('what a terminal sends is told apart, wherever it is cut', () => {
  test.each(cases)('$name', ({ bytes, keys }) => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      // A lone \r at the end of a piece is Enter already, and its \n would be another one.
      if (bytes.charAt(cut) === '\n' && bytes.charAt(cut - 1) === '\r' && !bytes.includes('[200~')) continue;
      const decoder = new KeyDecoder();
      const heard = [...decoder.push(bytes.slice(0, cut)), ...decoder.push(bytes.slice(cut))];
      expect(joined(heard), `cut at ${cut}`).toEqual(keys);
    }
  });
});
