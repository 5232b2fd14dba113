import { expect, test } from 'vitest';
import { describeSource, isPlaceholderKey, type Source, tidyKey } from '../src/index.js';
import { load } from './load.js';

test.each([
  'your-api-key',
  'your-key',
  'your-together-api-key',
  'your-together-key',
  'sk-or-v1-your-api-key',
  'sk-or-v1-your-key',
  'gsk_your-groq-api-key',
  'gsk_your-groq-key',
  'sk-your-deepseek-api-key',
  'your_api_key',
  'your_anthropic_api_key',
  'you_azure_api_key',
  'you_doubao_api_key',
  'YOUR_API_KEY',
  'YOUR-KEY-HERE',
  '<ORQ_API_KEY>',
  '<your key>',
  'sk-…',
  'sk-...',
  '...',
  '…',
  'sk-ant-...',
  'sk-proj-abc...xyz',
  '****',
  'sk-****abcd',
  'changeme',
  'change-me',
  'CHANGE_ME',
  'replace-me',
  'insert-key-here',
  'xxx',
  'XXXXXXXX',
  'sk-xxxxxxxx',
  'xxxx-xxxx',
  'api-key',
  'API_KEY',
  'placeholder',
  'OPENAI_API_KEY',
  '$OPENAI_API_KEY',
  '%OPENAI_API_KEY%',
  '{{API_KEY}}',
  '[your key]',
  ' "your-api-key" ',
  'My API Key'.replace('My', 'your'),
])('%j is a placeholder', (key) => {
  expect(isPlaceholderKey(key)).toBe(true);
});

test.each([
  'any-key',
  'none',
  'ollama',
  'lm-studio',
  'EMPTY',
  'dummy',
  'test',
  'sk-no-key-required',
  'sk-1234',
  'youth-fund-9d8f7a',
  'gsk_0123456789abcdef01',
  'sk-or-v1-0123456789abcdef',
  'sk-proj-AbC_dEf-123',
  'xai-0a1b2c',
  'AIzaSyA0123456789',
  'local-key',
  '0123456789abcdef0123456789abcdef',
  '',
  'a'.repeat(5000),
  `your-${'x'.repeat(5000)}`,
])('%j is a key', (key) => {
  expect(isPlaceholderKey(key)).toBe(false);
});

test.each([
  ['key', 'key', 'none'],
  [' key\n', 'key', 'whitespace'],
  ['\ufeffkey\u200b', 'key', 'whitespace'],
  ['"key"', 'key', 'quotes'],
  ["'key'\r\n", 'key', 'quotes'],
  ['“key”', 'key', 'quotes'],
  ['" key "', 'key', 'quotes'],
  ['""key""', '"key"', 'quotes'],
  ['"key', '"key', 'none'],
  ['"', '"', 'none'],
  ['', '', 'none'],
])('%j is tidied to %j (%s)', (text, key, tidied) => {
  expect(tidyKey(text)).toEqual({ key, tidied });
});

const config = await load({
  project: {
    'trae_config.json': {
      model_providers: {
        groq: {
          api_key: '"project-key-1"',
          headers: { Authorization: 'Bearer ${TOKEN_OF_ENV}', 'X-Title': 'not secret' },
        },
        spare: { api_key: 'your-key', base_url: 'https://${HOST}/${PATH_TOKEN}' },
      },
    },
    '.env':
      'SMTP_PASSWORD=dotenv-password\nHOST=host.example\nCOLOR=blue\nGROQ_API_KEY=your-key\nODD=gsk_0123456789abcdef01\n',
  },
  user: { model_providers: { groq: { api_key: 'user-key-2', headers: { Cookie: 'user-cookie' } } } },
  environment: { TOKEN_OF_ENV: 'env-token', PATH_TOKEN: 'env-path-token', HOME: '/home/me' },
});

test('every secret of the files and of .env is known, of whatever rank, with a name for people', () => {
  expect(config.secrets.map((secret) => [secret.reveal(), secret.origin])).toEqual([
    ['project-key-1', 'trae_config.json:4 (model_providers.groq.api_key)'],
    ['env-token', 'TOKEN_OF_ENV'],
    ['Bearer env-token', 'trae_config.json:6 (model_providers.groq.headers.Authorization)'],
    ['env-path-token', 'PATH_TOKEN'],
    ['user-key-2', expect.stringMatching(/\/config\/trae_config.json:4 \(model_providers.groq.api_key\)$/)],
    ['user-cookie', expect.stringMatching(/\/config\/trae_config.json:6 \(model_providers.groq.headers.Cookie\)$/)],
    ['dotenv-password', 'SMTP_PASSWORD in .env:1'],
    ['host.example', 'HOST in .env:2'],
    ['gsk_0123456789abcdef01', 'ODD in .env:5'],
  ]);
  expect(config.secretVariables).toEqual(['TOKEN_OF_ENV', 'HOST', 'PATH_TOKEN']);
});

test('what is listed for people holds no secret', () => {
  const listed = JSON.stringify([config.leaves, config.findings, config.general, config.provider('groq', []).apiKey]);
  for (const secret of config.secrets.filter((secret) => secret.origin !== 'HOST in .env:2')) {
    expect(listed).not.toContain(secret.reveal());
  }
});

test('a secret is listed as one, and shown only where it is the name of a variable', async () => {
  const { leaves } = await load({
    project: {
      'trae_config.json': {
        model_providers: {
          a: {
            api_key: '${A}',
            base_url: 'https://me:pw@host',
            model: 'accounts/fireworks/models/llama-v3p1-405b-instruct',
          },
          b: { api_key: 'literal', base_url: 'https://host', display_name: 'sk-0123456789abcdef01' },
          c: { headers: { 'X-Plain': 'v', 'X-Api-Key': 'k', 'X-Odd': 'Bearer abc' } },
        },
      },
    },
  });
  expect(leaves.map(({ key, value, isSecret }) => [key.replace('model_providers.', ''), isSecret, value])).toEqual([
    ['a.api_key', true, '${A}'],
    ['a.base_url', true, null],
    ['a.model', false, 'accounts/fireworks/models/llama-v3p1-405b-instruct'],
    ['b.api_key', true, null],
    ['b.base_url', false, 'https://host'],
    ['b.display_name', true, null],
    ['c.headers.X-Plain', false, 'v'],
    ['c.headers.X-Api-Key', true, null],
    ['c.headers.X-Odd', true, null],
  ]);
});

const file = { path: '/srv/repo/trae_config.json', scope: 'project', isTrusted: true } as const;

test.each<[Source, string, string]>([
  [{ kind: 'default' }, '/srv/repo', 'the default'],
  [{ kind: 'login', place: 'the keychain' }, '/srv/repo', 'the login in the keychain'],
  [{ kind: 'flag', flag: '--model' }, '/srv/repo', '--model'],
  [{ kind: 'environment', variable: 'GROQ_API_KEY' }, '/srv/repo', 'GROQ_API_KEY'],
  [{ kind: 'file', file, line: 7 }, '/srv/repo', 'trae_config.json:7'],
  [{ kind: 'file', file, line: 7 }, '/srv', 'repo/trae_config.json:7'],
  [{ kind: 'file', file, line: 7 }, '/srv/repo/packages/cli', '../../trae_config.json:7'],
  [{ kind: 'file', file, line: 7 }, '/home/me', '/srv/repo/trae_config.json:7'],
  [{ kind: 'dotenv', file: { ...file, path: '/srv/repo/.env' }, line: 3, variable: 'K' }, '/srv/repo', 'K in .env:3'],
  [{ kind: 'file', file: { ...file, path: '/srv/repo/\u001b[2Ja\nb.json' }, line: 1 }, '/srv/repo', 'a b.json:1'],
])('%j seen from %s is %j', (source, relativeTo, words) => {
  expect(describeSource(source, { relativeTo })).toBe(words);
});

test('without a place to look from, a file is named in full', () => {
  expect(describeSource({ kind: 'file', file, line: 7 })).toBe('/srv/repo/trae_config.json:7');
});
