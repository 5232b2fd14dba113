import { expect, test } from 'vitest';
import { isPlaceholderKey, looksLikeKey, tidyKey } from '../src/index.js';
import { isPlaceholderModel } from '../src/secrets/placeholder.js';
import { failureOf, load, loadFile } from './load.js';

const long = (text: string): string => text.repeat(Math.floor(900_000 / text.length));

/** Each kept a search busy for hours. */
test.each<[string, () => unknown, unknown]>([
  ['prefixes of keys', () => looksLikeKey(long('sk-')), false],
  ['beginnings of tokens', () => looksLikeKey(long('eyJabcdefghij')), false],
  ['spaces inside a key', () => tidyKey(`a${long(' ')}b`).tidied, 'none'],
  ['spaces inside a placeholder', () => isPlaceholderKey(`your-${long(' ')}\u2028x`), false],
  ['spaces inside a model', () => isPlaceholderModel(`your-${long(' ')}\u2028x`), false],
])('a megabyte of %s is judged before anybody loses patience', (_what, look, judgement) => {
  expect(look()).toBe(judgement);
});

test('a key in front of a long text is found all the same', () => {
  expect(looksLikeKey(`${'x '.repeat(1000)}sk-0123456789abcdef0${long('x')}`)).toBe(true);
  expect(looksLikeKey(`eyJ${'a'.repeat(400)}.${'b'.repeat(5000)}.c`)).toBe(true);
});

const entry = (values: object) => ({ model_providers: { groq: values } });

test.each([
  ['api_key', entry({ api_key: long('k') })],
  ['base_url', entry({ base_url: `https://${long('<')}` })],
  ['model', entry({ model: long('sk-') })],
  ['headers', entry({ headers: { 'X-A': long('a ') } })],
  ['default_provider', { default_provider: long('x') }],
])('no value is longer than any could be: %s', async (key, content) => {
  const { code, message } = await failureOf(() => loadFile(content));
  expect(code).toBe('config_invalid');
  expect(message).toMatch(new RegExp(`${key}" \\(trae_config\\.json:\\d\\) is \\d+ characters long`));
  expect(message.length).toBeLessThan(200);
});

test.each([long('a'), long('sk-')])('no name of a provider is as long as a file', async (name) => {
  const { message } = await failureOf(() => loadFile({ model_providers: { [name]: { model: 'm' } } }));
  expect(message).toMatch(/is not a name for a provider: it is \d+ characters long\.$/);
  expect(message.length).toBeLessThan(250);
});

test('a long value of .env is a secret to its end', async () => {
  const value = Array.from({ length: 9000 }, (_, index) => `${index}-`).join('');
  const { secrets } = await load({ project: { '.env': `CERTIFICATE_KEY=${value}\n` } });
  expect(secrets.map((secret) => secret.reveal()).join('')).toBe(value);
  expect(secrets.length).toBeLessThan(30);
});

test('more keys than can be looked for in every line are refused rather than shown', async () => {
  const lines = (count: number): string =>
    Array.from({ length: count }, (_, index) => `A${index}_KEY=s${index}`).join('\n');
  expect((await load({ project: { '.env': lines(1000) } })).secrets).toHaveLength(1000);
  const { code, message } = await failureOf(() => load({ project: { '.env': lines(1001) } }));
  expect([code, message]).toEqual(['config_invalid', expect.stringContaining('A1000_KEY in .env:1001')]);
});
