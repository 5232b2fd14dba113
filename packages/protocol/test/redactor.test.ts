import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createRedactor, Secret } from '../src/index.js';

const key = new Secret('sk-canary"1234\\567890', 'TEST_API_KEY');
const mark = '[redacted: TEST_API_KEY]';

test('a secret prints as a placeholder in every way JavaScript knows to print', () => {
  const printed = [
    String(key),
    // oxlint-disable-next-line restrict-template-expressions -- the mistake that must do no harm
    `${key}`,
    JSON.stringify({ key }),
    inspect(key),
    inspect({ deep: [key] }, { depth: 9 }),
  ];
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

describe('a secret is found in every form that programs write it in', () => {
  const secret = 'sk/canary+"é&\\7 890';
  const json = JSON.stringify(secret).slice(1, -1);
  test.each<readonly [string, string]>([
    ['as it is', secret],
    ['in JSON', json],
    ['in JSON inside JSON', JSON.stringify(json).slice(1, -1)],
    ['in JSON of ASCII alone', json.replace('é', '\\u00e9')],
    ['in JSON with slashes escaped', json.replaceAll('/', '\\/')],
    ['in an address', encodeURIComponent(secret)],
    ['in an address, in small letters', encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase())],
    ['in a form', encodeURIComponent(secret).replaceAll('%20', '+')],
    ['in markup', secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
  ])('%s', (_title, form) => {
    const redactor = createRedactor([new Secret(secret, 'X')]);
    expect(redactor.redact(`<${form}>`)).toBe('<[redacted: X]>');
  });

  test.each(['', 'u', 'us', 'user:', 'user:key='])('in base64, behind "%s"', (lead) => {
    const redactor = createRedactor([new Secret(secret, 'X')]);
    const encoded = Buffer.from(`${lead}${secret}, and more`).toString('base64');
    const rest = redactor.redact(encoded);
    expect(rest).toContain('[redacted: X]');
    expect(Buffer.from(rest.replace('[redacted: X]', '\n'), 'base64').toString('latin1')).not.toMatch(/canary|890/);
  });
});

test.each([' "gsk_0123456789" ', "'gsk_0123456789'\n", 'Bearer gsk_0123456789', 'gsk_0123456789\r\n'])(
  'what is wrapped around a key in %j is no part of it',
  (value) => {
    expect(createRedactor([new Secret(value, 'X')]).redact('{"key":"gsk_0123456789"}')).toBe('{"key":"[redacted: X]"}');
  },
);

test('of a secret with several lines, each is one', () => {
  const redactor = createRedactor([new Secret('first-line\nsecond-line\n}', 'X')]);
  expect(redactor.redact('a second-line alone, {}')).toBe('a [redacted: X] alone, {}');
});

test('a newline is never held back', () => {
  const stream = createRedactor([new Secret('first-line\nsecond-line', 'X'), new Secret('\nfirst-line', 'Y')]).stream();
  expect(stream.push('all of it\n')).toBe('all of it\n');
});

test('redacting twice changes nothing more, whatever the key is', () => {
  const redactor = createRedactor([new Secret('OPENAI_API_KEY', 'OPENAI_API_KEY'), new Secret('redacted: X', 'X')]);
  const once = redactor.redact('OPENAI_API_KEY, redacted: X');
  expect(redactor.redact(once)).toBe(once);
});

test('a key of regular expression characters or of half a character breaks nothing', () => {
  const redactor = createRedactor([new Secret('.*+?^${}()|[]\\', 'X'), new Secret('\ud800abcdefgh', 'Y')]);
  expect(redactor.redact('abc .*+?^${}()|[]\\ abc')).toBe('abc [redacted: X] abc');
});

test('of two secrets where one begins with the other, nothing of the longer is passed on in pieces', () => {
  const stream = createRedactor([new Secret('abcdefgh', 'SHORT'), new Secret('abcdefghijkl', 'LONG')]).stream();
  expect(stream.push('abcdefgh') + stream.push('ijkl') + stream.flush()).toBe('[redacted: LONG]');
});

test('text in pieces is redacted as if it had come at once, wherever secrets overlap', () => {
  const secrets = ['abababab', 'babababab', 'aabbaabb', 'abababababab'].map(
    (value, index) => new Secret(value, `${index}`),
  );
  const redactor = createRedactor(secrets);
  for (let seed = 1; seed < 2000; seed += 1) {
    const bits = Array.from({ length: 60 }, (_, index) => (Math.imul(seed + index * 7919, 0x9e3779b1) >>> 13) % 3);
    const text = bits.map((bit) => ['ab', 'a', 'b'][bit]).join('');
    const stream = redactor.stream();
    let seen = '';
    for (let start = 0; start < text.length; start += 1 + (seed % 5))
      seen += stream.push(text.slice(start, start + 1 + (seed % 5)));
    expect(seen + stream.flush(), text).toBe(redactor.redact(text));
  }
});
