import { Secret } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { type AddressUse, checkAddress, type Source } from '../src/index.js';
import { failureOf } from './load.js';

const file = (scope: 'project' | 'user' | 'named', isTrusted: boolean): Source => ({
  kind: 'file',
  line: 5,
  file: { path: `/${scope}/trae_config.json`, scope, isTrusted },
});
const dotenv: Source = {
  kind: 'dotenv',
  line: 2,
  variable: 'MINE_BASE_URL',
  file: { path: '/project/.env', scope: 'project', isTrusted: false },
};
const clone = file('project', false);
const environment: Source = { kind: 'environment', variable: 'MINE_API_KEY' };
const user = file('user', true);

const keyFrom = (source: Source) => ({ key: { value: new Secret('the-key-itself', 'a key'), source } });

const custom = (source: Source, rest: Partial<AddressUse> = {}): AddressUse => ({
  provider: 'mine',
  ownOrigins: [],
  vendorOrigins: ['https://vendor.example'],
  headers: {},
  address: { value: 'https://evil.example:8443/v1', source },
  ...rest,
});

const toAddress = (value: string, source: Source = clone) => ({ address: { value, source } });

/** A server that only this person can have started. */
const here = toAddress('http://127.0.0.1:8000/v1');

const header = (source: Source) => ({ headers: { 'X-Team': { value: 'secret-header', source } } });

test.each<[string, AddressUse, string]>([
  ['a key of the environment', custom(clone, keyFrom(environment)), 'the key from MINE_API_KEY'],
  ['a key of the user file', custom(clone, keyFrom(user)), 'the key from /user/trae_config.json:5'],
  ['a key of a trusted file', custom(clone, keyFrom(file('named', true))), 'the key from /named/trae_config.json:5'],
  [
    'a stored login',
    custom(clone, keyFrom({ kind: 'login', place: 'the keychain' })),
    'the key from the login in the keychain',
  ],
  ['a key of a flag', custom(clone, keyFrom({ kind: 'flag', flag: '--api-key' })), 'the key from --api-key'],
  ['a header of the user file', custom(clone, header(user)), 'the header "X-Team" from /user/trae_config.json:5'],
  ['a header of the environment', custom(clone, header(environment)), 'the header "X-Team" from MINE_API_KEY'],
  ['a key, to the address of a .env', custom(dotenv, keyFrom(environment)), 'the key from MINE_API_KEY'],
  ['both', custom(clone, { ...keyFrom(user), ...header(user) }), 'trae_config.json:5 and the header "X-Team" from'],
])('an address that a clone named is not sent %s', async (_case, use, words) => {
  const error = await failureOf(() => checkAddress(use));
  expect(error.code).toBe('untrusted');
  expect(error.message).toContain(words);
  expect(error.message).toMatch(/would send .* to evil\.example:8443, and its folder is not trusted\.$/);
  expect(error.message).toMatch(/^(\/project\/trae_config\.json:5|MINE_BASE_URL in \/project\/\.env:2) would/);
  expect(error.hint).toContain('trae-cli trust /project');
  expect(`${error.message}${error.hint}`).not.toMatch(/the-key-itself|secret-header/);
});

test("a redirected vendor is refused without any key, for what is asked is the person's too", async () => {
  const error = await failureOf(() => checkAddress(custom(clone, { ownOrigins: ['https://api.example'] })));
  expect(error.message).toBe(
    '/project/trae_config.json:5 would send the requests for mine to evil.example:8443, which is not an address of mine, and its folder is not trusted.',
  );
});

test.each<[string, AddressUse]>([
  ['with nothing', custom(clone)],
  ['with a key of its own', custom(clone, keyFrom(clone))],
  ['that its .env named', custom(dotenv, keyFrom(dotenv))],
])('a stranger whom a clone named, %s, does not answer: his answers would run commands', async (_case, use) => {
  const error = await failureOf(() => checkAddress(use));
  expect([error.code, error.message]).toEqual([
    'untrusted',
    expect.stringMatching(
      / would send your task to evil\.example:8443, whose answers run commands here, and its folder is not trusted\.$/,
    ),
  ]);
});

test.each(['http://127.evil.example', 'http://localhost.evil.example', 'http://10.0.0.1', 'http://vendor.example'])(
  'nobody at %s answers either',
  async (value) => {
    const error = await failureOf(() => checkAddress(custom(clone, toAddress(value))));
    expect(error.message).toContain('your task');
  },
);

const sent = keyFrom(environment);

test.each([
  'https://evil.example/v1',
  '\u00a0https://evil.example/v1',
  '\ufeffhttps://evil.example/v1\u2029',
  '\u0000https://evil.example/v1',
  'ht\ttps://ev\nil.example/v1',
  'https:\\\\evil.example\\v1',
  'https:evil.example',
  'https://vendor.example@evil.example',
  'https://evil.example\\@vendor.example/v1',
  'https://evil.example#@vendor.example/v1',
  'https://vendor.example.evil.example/v1',
  'https://vendor.example./v1',
  'https://vendor.example:8443/v1',
  'http://vendor.example/v1',
  'https://user@vendor.example/v1',
  'https://vеndor.example/v1',
  'https://[::ffff:203.0.113.7]/v1',
  'http://localhost.evil.example/v1',
  'http://127.evil.example/v1',
])('a key is not sent to %j, which is not the vendor', async (value) => {
  const use = custom(clone, { ...toAddress(value), ...sent, ownOrigins: ['https://vendor.example'] });
  expect((await failureOf(() => checkAddress(use))).code).toBe('untrusted');
});

test.each(['https://VENDOR.example:443/other', ' https://vendor.example', 'https://vendor.example/v1?a=b'])(
  'a key is sent to %j, which is',
  (value) => {
    const use = custom(clone, { ...toAddress(value), ...sent, ownOrigins: ['https://vendor.example'] });
    expect(() => {
      checkAddress(use);
    }).not.toThrow();
  },
);

test.each<[string, AddressUse]>([
  ['nothing but the question, to this machine', custom(clone, here)],
  ["the clone's own key, to this machine", custom(clone, { ...here, ...keyFrom(clone) })],
  ["a key of the clone's .env, to this machine", custom(clone, { ...here, ...keyFrom(dotenv) })],
  ["the clone's own header, to this machine", custom(clone, { ...here, ...header(clone) })],
  ['a header that everybody sends', custom(clone, { ...here, ...header({ kind: 'default' }) })],
  ["the clone's own key, to a vendor", custom(clone, { ...toAddress('https://vendor.example/v1'), ...keyFrom(clone) })],
  ...['http://localhost:1', 'http://[::1]:8000/v1', 'http://127.1/', 'http://2130706433', 'http://a.localhost'].map(
    (value): [string, AddressUse] => [`a question to ${value}`, custom(clone, toAddress(value))],
  ),
  ['a key, to an address of the user file', custom(user, keyFrom(environment))],
  ['a key, to an address of a trusted file', custom(file('project', true), keyFrom(environment))],
  ['a key, to an address of a flag', custom({ kind: 'flag', flag: '--model-base-url' }, keyFrom(environment))],
  ['a key, to an address of the environment', custom(environment, keyFrom(user))],
  [
    'a key, to the vendor',
    {
      provider: 'mine',
      ownOrigins: ['https://api.example'],
      vendorOrigins: [],
      headers: {},
      ...keyFrom(environment),
    },
  ],
  ['what nobody can parse', custom(clone, { address: { value: 'not an address', source: clone }, ...keyFrom(user) })],
  [
    'a key, to a server that is the vendor itself without encryption',
    custom(clone, {
      ownOrigins: ['http://localhost:11434'],
      address: { value: 'http://LOCALHOST:11434/v1', source: clone },
      ...keyFrom(user),
    }),
  ],
])('%s is sent', (_case, use) => {
  expect(() => {
    checkAddress(use);
  }).not.toThrow();
});
