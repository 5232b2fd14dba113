import { expect, test } from 'vitest';
import { errorOf, readText } from './document.js';

/** The line that is shown and the caret line under it, margins included. */
async function shown(text: string, name = 'trae_config.json'): Promise<readonly [string, string]> {
  const { message } = await errorOf(readText(name, text));
  const [, line = '', caret = '', ...more] = message.split('\n');
  expect(more).toEqual([]);
  return [line, caret];
}

test.each([
  ['one line', '{"a": 1 "b": 2}', ' 1 | {"a": 1 "b": 2}', '   |         ^'],
  ['line ends of Windows', '{\r\n"a": 1\r\n"b": 2}', ' 3 | "b": 2}', '   | ^'],
  ['the tenth line', `${'\n'.repeat(9)}{x`, ' 10 | {x', '    |  ^'],
  ['tabs', '{\n\t\t"a": x', ' 2 |     "a": x', '   |          ^'],
  ['wide characters', '{"日本": x}', ' 1 | {"日本": x}', '   |          ^'],
  [
    'what a terminal would obey',
    '{"a\\u0061": 1, "\u001b[31m\u202e"}',
    ' 1 | {"a\\u0061": 1, "<001b>[31m<202e>"}',
    '   |                ^',
  ],
])('the caret stands under the mistake: %s', async (_what, text, line, caret) => {
  expect(await shown(text)).toEqual([line, caret]);
});

test('of a long line only the surroundings are shown', async () => {
  const filler = 'word '.repeat(2000);
  const [line, caret] = await shown(`{"a": "${filler}", "b" 1, "c": "${filler}"}`);
  expect(line.length).toBeLessThan(140);
  expect(line).toMatch(/^ 1 \| ….*"b" 1, "c".*…$/);
  expect(line.charAt(caret.indexOf('^'))).toBe('1');
});

/** Each holds a secret that has to stay one. */
const secret = 'hunter2';
test.each([
  ['a value beside its key', `{"api_key": "${secret}" "model": "m"}`],
  ['a value without quotes', `{"api_key": ${secret}, "model": "m"}`],
  ['a value without a colon', `{"api_key" "${secret}"}`],
  ['a value in the line below', `{"api_key":\n  "${secret}" x}`],
  ['a value in a list in the line below', `{"api_keys": [\n  "${secret}" x]}`],
  ['a value with a quote inside', `{"api_key": "x"${secret}"}`],
  ['a value without an end', `{"api_key": "${secret}\n}`],
  ['a token', `{"GITHUB_TOKEN": "${secret}" x}`],
  ['a password', `{"password": "${secret}" x}`],
  ['a client secret', `{"client_secret": "${secret}" x}`],
  ['a header', `{"Authorization": "Bearer ${secret}" x}`],
  ['a header of another kind', `{"X-Api-Key": "${secret}" x}`],
  ['a login in an address', `{"base_url": "https://me:${secret}@host/v1" x}`],
  ['a key in an address', `{"base_url": "https://host/v1?key=${secret}" x}`],
  ['a key twice', `{"token": "a", "api_key": "${secret}", "api_key": "x"}`],
])('a secret near a mistake is not shown: %s', async (_what, text) => {
  const { message } = await errorOf(readText('trae_config.json', text));
  expect(message).toContain('^');
  expect(message).not.toContain(secret);
});

test.each([
  ['beside its key', `api_key: ${secret}: x`],
  ['in quotes that go on', `api_key: "${secret}\n  b" c`],
  ['in a block', `api_key: |\n  ${secret}\n bad`],
  ['in the line below', `api_key:\n  ${secret}: [`],
])('nor in YAML: %s', async (_what, text) => {
  const { message } = await errorOf(readText('trae_config.yaml', text));
  expect(message).not.toContain(secret);
});

test.each([
  'sk-abcdef',
  'gsk_abcdef12',
  'sk-or-v1-0123456789abcdef0123456789abcdef',
  'AIzaSyA0123456789-abcdefghijklmnopqrstuv',
  '0123456789abcdef0123456789abcdef',
  'eyJhbGciOiJIUzI1NiJ9',
])('a word like a key is not shown wherever it stands: %s', async (key) => {
  const [line] = await shown(`{"x": "${key}" y}`);
  expect(line).toBe(` 1 | {"x": "${'*'.repeat(key.length)}" y}`);
});

test.each([
  '{"max_tokens": 4096 x}',
  '{"model": "llama-3.3-70b-versatile" x}',
  '{"base_url": "https://generativelanguage.googleapis.com/v1beta/openai/" x}',
  '{"model_providers": {"parallel_tool_calls": true x}}',
])('what is no secret is shown: %s', async (text) => {
  expect(await shown(text)).toEqual([` 1 | ${text}`, expect.stringMatching(/\^$/)]);
});

test('a key that looks like a secret is not told when it is there twice', async () => {
  const { message } = await errorOf(readText('trae_config.json', '{"sk-abcdef": 1, "sk-abcdef": 2}'));
  expect(message).not.toContain('abcdef');
});
