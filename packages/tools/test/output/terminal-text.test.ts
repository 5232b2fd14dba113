import { splitAt } from '@trae-cli/testkit';
import { StringDecoder } from 'node:string_decoder';
import { expect, test } from 'vitest';
import { TerminalText } from '../../src/output/terminal-text.js';

function shown(...pieces: readonly string[]): string {
  const terminal = new TerminalText();
  return pieces.map((piece) => terminal.push(piece)).join('') + terminal.flush();
}

test.each([
  ['plain text\n', 'plain text\n'],
  ['windows\r\nlines\r\n', 'windows\nlines\n'],
  ['10 %\r50 %\r100 %\n', '100 %\n'],
  ['done\r', 'done'],
  ['\x1b[1;31mred\x1b[0m and \x1b[38;5;12mblue\x1b[m\n', 'red and blue\n'],
  ['\x1b]0;title\x07text\x1b]8;;x\x1b\\link\n', 'textlink\n'],
  ['\x1b[2K\x1b[1G> ready\n', '> ready\n'],
  ['N\bNA\bAM\bME\bE\n', 'NAME\n'],
  ['bell\x07 and null\0 and delete\x7f\n', 'bell and null␀ and delete\n'],
  ['\x1b(Bcharset\x1b=\x1b>\n', 'charset\n'],
  ['tab\tstays\n', 'tab\tstays\n'],
  ['no line end', 'no line end'],
])('%j is shown as %j', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('the result does not depend on how the bytes were cut', () => {
  const text = 'é😀\x1b[31mred\x1b[0m\r\n1 %\r2 %\r\x1b]0;t\x07end\nA\bB\0\n日本';
  const bytes = Buffer.from(text);
  const whole = shown(text);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const decoder = new StringDecoder('utf8');
    const pieces = splitAt(bytes, [cut]).map((piece) => decoder.write(Buffer.from(piece)));
    expect(shown(...pieces, decoder.end())).toBe(whole);
  }
});

test('a line without end is passed on in pieces, and no escape sequence is cut', () => {
  const piece = `${'x'.repeat(1000)}\x1b[31m`;
  expect(shown(...Array.from({ length: 50 }, () => piece), '\n')).toBe(`${'x'.repeat(50_000)}\n`);
  const terminal = new TerminalText();
  expect(terminal.push('y'.repeat(100_000))).toHaveLength(100_000);
});

test('a carriage return in a line too long to be held becomes a line end', () => {
  expect(shown('x'.repeat(5000), '\rshort\n')).toBe(`${'x'.repeat(5000)}\nshort\n`);
});
