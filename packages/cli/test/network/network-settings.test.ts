import { resolve } from 'node:path';
import type { GeneralSettings, Setting } from '@trae-cli/config';
import { TraeError } from '@trae-cli/protocol';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { networkSettings, proxySecrets } from '../../src/network/network-settings.js';
import { certificate, privateKey } from './certificate.js';

type Variables = Readonly<Record<string, string>>;

const settingsOf = (environment: Variables, general: GeneralSettings = {}) =>
  networkSettings(general, { environment, resolvePath: (path) => resolve('/', path) });

const inFile = (value: string, line = 4): Setting<string> => ({
  value,
  source: { kind: 'file', file: { path: '/home/me/trae_config.json', scope: 'user', isTrusted: true }, line },
});

async function refusalOf(environment: Variables, general: GeneralSettings = {}): Promise<TraeError> {
  const outcome = await settingsOf(environment, general).catch((error: unknown) => error);
  if (!(outcome instanceof TraeError)) throw new Error('The settings were taken.', { cause: outcome });
  expect(outcome.code).toBe('config_invalid');
  return outcome;
}

describe('proxies', () => {
  test('where nothing is said, there are none', async () => {
    expect(await settingsOf({ HTTP_PROXY: '', https_proxy: ' ', NO_PROXY: 'x' })).toBeUndefined();
  });

  test.each<readonly [string, Variables, object]>([
    [
      'each scheme has its own',
      { HTTP_PROXY: 'http://a', HTTPS_PROXY: 'https://b' },
      { httpProxy: 'http://a', httpsProxy: 'https://b' },
    ],
    [
      'lower case ranks above',
      { HTTPS_PROXY: 'http://a', https_proxy: ' http://b ' },
      { httpsProxy: 'http://b', httpsProxyOrigin: 'https_proxy' },
    ],
    [
      'a blank one says nothing',
      { HTTPS_PROXY: 'http://a', https_proxy: '' },
      { httpsProxy: 'http://a', httpsProxyOrigin: 'HTTPS_PROXY' },
    ],
    [
      'ALL_PROXY is for the rest',
      { ALL_PROXY: 'http://a', http_proxy: 'http://b' },
      { httpProxy: 'http://b', httpsProxy: 'http://a', httpsProxyOrigin: 'ALL_PROXY' },
    ],
    [
      'exemptions come along',
      { HTTPS_PROXY: 'http://a', no_proxy: 'x', NO_PROXY: 'y' },
      { noProxy: 'x', noProxyOrigin: 'no_proxy' },
    ],
    [
      'an ALL_PROXY that is not needed may be of any kind',
      { ALL_PROXY: 'socks5://a', http_proxy: 'http://b', https_proxy: 'http://b' },
      { httpsProxy: 'http://b' },
    ],
  ])('of the environment: %s', async (_title, environment, expected) => {
    expect(await settingsOf(environment)).toMatchObject(expected);
  });

  test('HTTP_PROXY is a header of a stranger where a web server runs this', async () => {
    const environment = { HTTP_PROXY: 'http://evil', REQUEST_METHOD: 'GET' };
    expect(await settingsOf(environment)).toBeUndefined();
    expect(await settingsOf({ ...environment, http_proxy: 'http://a' })).toMatchObject({ httpProxy: 'http://a' });
  });

  test('those of the files come before, for both schemes', async () => {
    const general = { proxy: inFile('http://a'), noProxy: inFile('x,y', 5) };
    expect(await settingsOf({ HTTPS_PROXY: 'http://b', NO_PROXY: 'z' }, general)).toEqual({
      httpProxy: 'http://a',
      httpsProxy: 'http://a',
      httpProxyOrigin: '/home/me/trae_config.json:4',
      httpsProxyOrigin: '/home/me/trae_config.json:4',
      noProxy: 'x,y',
      noProxyOrigin: '/home/me/trae_config.json:5',
    });
  });

  test('none are used where all hosts are exempt, whatever they are', async () => {
    expect(await settingsOf({ ALL_PROXY: 'socks5://a', NO_PROXY: '*' })).toBeUndefined();
  });

  test.each<readonly [Variables, string]>([
    [{ HTTPS_PROXY: 'me:hunter2@proxy.example:3128' }, 'HTTPS_PROXY does not begin with http:// or https://'],
    [{ https_proxy: 'proxy.example' }, 'https_proxy does not begin with http:// or https://'],
    [{ ALL_PROXY: 'socks5h://me:hunter2@proxy.example' }, 'ALL_PROXY begins with socks5h://, which is not spoken here'],
    [{ http_proxy: 'http://me:hunter2@:::' }, 'http_proxy is not an address'],
  ])('an address that cannot be used is refused by the name of its variable: %j', async (environment, words) => {
    const { message, hint } = await refusalOf(environment);
    expect(message).toBe(`The address of the proxy in ${words}.`);
    expect(hint).toContain('http');
    expect(`${message}${hint}`).not.toContain('hunter2');
  });

  test('one of a file by key and line', async () => {
    const { message } = await refusalOf({}, { proxy: inFile('proxy.example') });
    expect(message).toContain('in /home/me/trae_config.json:4 does not begin with');
  });
});

test('the passwords of proxies are secrets, however they are written', () => {
  const secrets = proxySecrets({ httpProxy: 'http://me:a%40b@proxy', httpsProxy: 'http://me:50%@proxy' });
  expect(secrets.map((secret) => secret.reveal())).toEqual(['a%40b', 'a@b', '50%']);
  expect(proxySecrets({ httpsProxy: 'http://proxy' })).toEqual([]);
});

describe('authorities', () => {
  const noise = 'Subject: somebody\n';

  test('of ca_file and SSL_CERT_FILE are trusted, with those that Node would have read itself', async () => {
    await using workspace = await tempWorkspace({
      'own.pem': `${noise}${certificate}`,
      'system.pem': certificate + certificate,
      'node.pem': certificate,
    });
    const caFile = inFile(workspace.path('own.pem'));
    const count = async (environment: Variables): Promise<number> =>
      ((await settingsOf(environment, { caFile }))?.authorities ?? '').split('BEGIN CERTIFICATE').length - 1;
    expect(await count({})).toBe(1);
    expect(await count({ SSL_CERT_FILE: workspace.path('system.pem') })).toBe(3);
    expect(await count({ NODE_EXTRA_CA_CERTS: workspace.path('node.pem') })).toBe(2);
    expect(await count({ NODE_EXTRA_CA_CERTS: workspace.path('missing.pem') })).toBe(1);
  });

  test('are left to Node where only it is told of them', async () => {
    expect(await settingsOf({ NODE_EXTRA_CA_CERTS: '/nowhere.pem' })).toBeUndefined();
  });

  test.each([
    ['nothing.pem', '', 'BEGIN CERTIFICATE'],
    ['broken.pem', certificate.replace(/MII/, 'AAA'), 'BEGIN CERTIFICATE'],
    ['binary.der', '0\u0001\u0002', 'openssl x509 -inform der'],
    ['key.pem', privateKey, 'private key'],
  ])('a file without any (%s) is refused by key, file and line', async (name, content, advice) => {
    await using workspace = await tempWorkspace({ [name]: content });
    const path = workspace.path(name);
    const { message, hint } = await refusalOf({}, { caFile: inFile(path) });
    expect(message).toBe(`The file ${path}, named by "ca_file" in /home/me/trae_config.json:4, holds no certificate.`);
    expect(hint).toContain(advice);
  });

  test('a file that is not there is refused with the reason', async () => {
    const { message } = await refusalOf({ SSL_CERT_FILE: '/nowhere/authority.pem' });
    expect(message).toMatch(/^The certificates \/nowhere\/authority\.pem, named by SSL_CERT_FILE, cannot be read: /);
  });
});
