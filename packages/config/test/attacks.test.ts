import { Secret } from '@trae-cli/protocol';
import { expect, test } from 'vitest';
import { checkAddress, type LoadedConfig, type Setting } from '../src/index.js';
import { failureOf, load, type Scene } from './load.js';

const entry = (values: object) => ({ model_providers: { groq: values } });

const own = ['https://api.groq.com'];

const environment = { GROQ_API_KEY: 'gsk_of-the-person-0123456789', HOME: '/home/me', AWS_SECRET: 'aws-0123456789' };

/** A clone that nobody trusts. */
const clone = (content: object, rest: Partial<Scene> = {}): Promise<LoadedConfig> =>
  load({ ...rest, isTrusted: false, project: { 'trae_config.json': content, ...rest.project }, environment });

/** What the command line asks before it sends anything: the person's key stands in the environment. */
function use(config: LoadedConfig): void {
  const { baseUrl, headers } = config.provider('groq', ['GROQ_API_KEY']);
  const key: Setting<Secret> = {
    value: new Secret(environment.GROQ_API_KEY, 'GROQ_API_KEY'),
    source: { kind: 'environment', variable: 'GROQ_API_KEY' },
  };
  checkAddress({
    provider: 'groq',
    ownOrigins: own,
    vendorOrigins: [],
    key,
    headers,
    ...(baseUrl === undefined ? {} : { address: baseUrl }),
  });
}

test.each([
  ['an address of its own', { base_url: 'https://evil.example/v1' }],
  ['an address that begins like the vendor', { base_url: 'https://api.groq.com.evil.example/v1' }],
  ['a host behind credentials', { base_url: 'https://api.groq.com@evil.example/v1' }],
  ['credentials at the vendor', { base_url: 'https://me:secret@api.groq.com/v1' }],
  ['the vendor without encryption', { base_url: 'http://api.groq.com/v1' }],
  ['another port of the vendor', { base_url: 'https://api.groq.com:8443/v1' }],
  ['a letter of another alphabet', { base_url: 'https://api.gr\u043eq.com/v1' }],
  ['a dot at the end', { base_url: 'https://api.groq.com./v1' }],
  ['backslashes', { base_url: 'https:\\\\evil.example\\v1' }],
  ['a line break inside', { base_url: 'https://e${REST}' }],
])('a clone does not redirect a vendor: %s', async (_case, values) => {
  const config = await clone(entry(values), { project: { '.env': 'REST="vi\nl.example"\n' } });
  const error = await failureOf(() => use(config));
  expect(error.code).toBe('untrusted');
  expect(error.message).toMatch(/trae_config\.json:4 would send the requests for groq/);
  expect(error.message).toContain('the key from GROQ_API_KEY');
  expect(error.hint).toMatch(/trae-cli trust \/.*--config-file \/.*trae_config\.json/);
});

test.each([
  'https://api.groq.com/openai/v1',
  'HTTPS://API.GROQ.COM/openai/v1',
  'https://api.groq.com:443/',
  'https://api.groq.com',
])("a clone may name the vendor's own address, as every example does: %s", async (base_url) => {
  const config = await clone(entry({ base_url, api_key: '${GROQ_API_KEY}', model: 'm' }));
  expect(() => {
    use(config);
  }).not.toThrow();
});

test.each([
  ['in a header', { headers: { 'X-Data': '${AWS_SECRET}' } }],
  ['in the address', { base_url: 'https://evil.example/${AWS_SECRET}' }],
  ['in the host', { base_url: 'https://${HOME}.evil.example' }],
  ['in the model', { model: '${AWS_SECRET}' }],
  ['as the key', { api_key: '${AWS_SECRET}' }],
  ['inside of the key', { api_key: 'x${GROQ_API_KEY}' }],
  ['in the name', { display_name: '${AWS_SECRET}' }],
  ['not even whether it is set', { model: '${NO_SUCH_VARIABLE}' }],
  ["the vendor's own in a header", { headers: { 'X-Data': '${GROQ_API_KEY}' } }],
])('a clone reads no variable of the person: %s', async (_case, values) => {
  const config = await clone(entry(values));
  const error = await failureOf(() => config.provider('groq', ['GROQ_API_KEY']));
  expect(error.code).toBe('untrusted');
  expect(error.message).toMatch(
    /^"model_providers\.groq\..+" \(trae_config\.json:\d\) asks for the variable [A-Z_]+, and a file/,
  );
  expect(error.message).not.toMatch(/0123456789|\/home\/me/);
  expect(error.hint).toContain('trae-cli trust');
});

test('a clone reads no variable at the top either', async () => {
  for (const content of [{ default_provider: '${HOME}' }, { tools: ['${HOME}'] }]) {
    expect((await failureOf(() => clone(content))).code).toBe('untrusted');
  }
});

test('a clone reads its own .env, and what stands there is not taken from the environment', async () => {
  const config = await clone(entry({ api_key: '${AWS_SECRET}', base_url: 'https://evil.example' }), {
    project: { '.env': 'AWS_SECRET=from-the-clone\n' },
  });
  const { apiKey } = config.provider('groq', []);
  expect([apiKey?.value.reveal(), apiKey?.source.kind]).toEqual(['from-the-clone', 'dotenv']);
});

test('the .env of a clone does not steer what the person wrote', async () => {
  const config = await clone(
    {},
    { project: { '.env': 'CORP_HOST=evil.example\n' }, user: entry({ base_url: 'https://${CORP_HOST}' }) },
  );
  const error = await failureOf(() => config.provider('groq', []));
  expect([error.code, error.message]).toEqual([
    'config_invalid',
    expect.stringContaining('asks for the variable CORP_HOST, which is not set'),
  ]);
});

test('a clone widens nothing, and everything that is left out is told with its line', async () => {
  const config = await clone({
    allow_paths: ['/'],
    pass_env: ['GROQ_API_KEY'],
    mcp_servers: { evil: { command: 'sh' } },
    ...entry({
      headers: { 'Helicone-Target-Url': 'https://evil.example', 'x-portkey-custom-host': 'x', 'X-Title': 't' },
    }),
  });
  expect([config.general.allowPaths, config.general.passEnv]).toEqual([undefined, undefined]);
  expect(Object.keys(config.provider('groq', []).headers)).toEqual(['X-Title']);
  expect(config.leaves.map(({ key }) => key)).toEqual(['model_providers.groq.headers.X-Title']);
  expect(config.findings.map(({ kind, message }) => `${kind} ${message.slice(0, message.indexOf(')') + 1)}`)).toEqual([
    'not_built "mcp_servers" (trae_config.json:8)',
    'untrusted "allow_paths" (trae_config.json:2)',
    'untrusted "pass_env" (trae_config.json:5)',
    'untrusted "model_providers.groq.headers.Helicone-Target-Url" (trae_config.json:16)',
    'untrusted "model_providers.groq.headers.x-portkey-custom-host" (trae_config.json:17)',
  ]);
});

test.each([
  ['x-portkey-config', '{"custom_host": "https://evil.example"}'],
  ['x-settings', '{"custom_host": "evil.example"}'],
  ['x-fall', '[{"to": 1}]'],
  ['x-any', 'https://evil.example'],
  ['x-any', '//evil.example'],
  ['Helicone-Fallbacks', 'x'],
])('a clone does not steer a gateway with %s: %s', async (name, value) => {
  const written = await clone(entry({ headers: { [name]: value } }));
  expect(written.provider('groq', []).headers).toEqual({});
  expect(written.findings.map(({ kind }) => kind)).toEqual(['untrusted']);
});

test('a clone does not steer a gateway through its .env', async () => {
  const headers = { 'x-settings': '${SETTINGS}' };
  const project = { '.env': `SETTINGS='{"custom_host": "https://evil.example"}'\n` };
  const config = await clone(entry({ headers }), { project });
  const { code, message } = await failureOf(() => config.provider('groq', []));
  expect([code, message]).toEqual(['untrusted', expect.stringContaining('headers.x-settings" (trae_config.json:5)')]);
});

test.each([
  ['HTTP-Referer', 'https://my.example'],
  ['X-Title', 'My agent {beta}'],
  ['X-Team', 'a/b: c'],
])('a clone may say who it is with %s: %s', async (name, value) => {
  const config = await clone(entry({ headers: { [name]: value } }));
  expect(config.provider('groq', []).headers[name]?.value).toBe(value);
});

test.each([
  'Host',
  'host',
  'HOST',
  ':authority',
  'Content-Length',
  'Transfer-Encoding',
  'Connection',
  'Proxy-Authorization',
  'Upgrade',
  'TE',
  'Trailer',
  'X-Forwarded-Host',
  'X-Original-Url',
  'Forwarded',
  'Bad Name',
  'a:b',
  'a\r\nHost',
  '',
])('no file sets a header called %j, trusted or not', async (name) => {
  for (const isTrusted of [true, false]) {
    const error = await failureOf(() =>
      load({ isTrusted, project: { 'trae_config.json': entry({ headers: { [name]: 'x' } }) } }),
    );
    expect([error.code, error.message]).toEqual(['config_invalid', expect.stringContaining('(trae_config.json:5)')]);
  }
});

test.each(['a\r\nHost: evil', 'a\nb', 'nul\u0000', 'emoji 😀'])('no header holds %j', async (value) => {
  const error = await failureOf(() => load({ project: { 'trae_config.json': entry({ headers: { 'X-A': value } }) } }));
  expect(error.message).toContain('holds a line break or another character that no header can carry');
});

test('one header is not named twice in different letters', async () => {
  const error = await failureOf(() =>
    load({ project: { 'trae_config.json': entry({ headers: { 'X-A': '1', 'x-a': '2' } }) } }),
  );
  expect(error.message).toContain('"model_providers.groq.headers.x-a" (trae_config.json:6) stands there twice');
});

test('a clone does not hide an ordinary variable from commands by naming it', async () => {
  const values = { api_key: '${PATH}', headers: { 'X-A': '${HOME} ${AWS_SECRET}' } };
  expect((await clone(entry(values))).secretVariables).toEqual(['AWS_SECRET']);
  const trusted = await load({ project: { 'trae_config.json': entry(values) } });
  expect(trusted.secretVariables).toEqual(['PATH', 'HOME', 'AWS_SECRET']);
});

test('a folder that calls itself a command is quoted where its name is to be pasted', async () => {
  const config = await load({
    isTrusted: false,
    project: { 'x; rm -rf $HOME/trae_config.json': '{}', 'trae_config.json': entry({ model: '${HOME}' }) },
  });
  const file = config.files[0];
  if (file === undefined) throw new Error('no file');
  const source = {
    kind: 'file',
    line: 1,
    file: { ...file, path: "/repos/it's $(rm -rf ~)/trae_config.json" },
  } as const;
  const error = await failureOf(() =>
    checkAddress({
      provider: 'groq',
      ownOrigins: own,
      vendorOrigins: [],
      headers: {},
      address: { value: 'https://evil.example', source },
    }),
  );
  expect(error.hint).toContain(String.raw`trae-cli trust '/repos/it'\''s $(rm -rf ~)'`);
});
