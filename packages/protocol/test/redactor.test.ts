import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createRedactor, Secret } from '../src/index.js';

const key = new Secret('sk-canary"1234\\567890', 'TEST_API_KEY');
const mark = '[redacted: TEST_API_KEY]';

test('a secret prints as a placeholder in every way JavaScript knows to print', () => {
  const printed = [String(key), `${key}`, JSON.stringify({ key }), inspect(key), inspect({ deep: [key] }, { depth: 9 })];
  expect(printed.join(' ')).not.toContain('canary');
});

test('a secret is replaced by the name of where it came from', () => {
  expect(createRedactor([key]).redact(`before ${key.reveal()} after`)).toBe(`before ${mark} after`);
});

test('a secret inside JSON text is replaced and the text stays JSON', () => {
  const line = createRedactor([key]).redact(JSON.stringify({ text: `x${key.reveal()}y` }));
  expect(JSON.parse(line)).toEqual({ text: `x${mark}y` });
});

test('a secret in a URL is replaced', () => {
  expect(createRedactor([key]).redact(`?k=${encodeURIComponent(key.reveal())}`)).toBe(`?k=${mark}`);
});

test('of two secrets where one contains the other, the longer is replaced as a whole', () => {
  const redactor = createRedactor([new Secret('abcdefgh', 'SHORT'), new Secret('abcdefghijkl', 'LONG')]);
  expect(redactor.redact('abcdefghijkl abcdefgh')).toBe('[redacted: LONG] [redacted: SHORT]');
});

test('a short value such as "none" is no secret', () => {
  expect(createRedactor([new Secret('none', 'X')]).redact('none of it')).toBe('none of it');
});

test('a secret split at any position over two pieces is found', () => {
  const text = `before ${key.reveal()} after`;
  for (let cut = 0; cut <= text.length; cut += 1) {
    const stream = createRedactor([key]).stream();
    const seen = stream.push(text.slice(0, cut)) + stream.push(text.slice(cut)) + stream.flush();
    expect(seen).toBe(`before ${mark} after`);
  }
});

test('text that only begins like a secret is passed on in the end', () => {
  const stream = createRedactor([key]).stream();
  expect(stream.push('the sk-can') + stream.push('teen') + stream.flush()).toBe('the sk-canteen');
});
