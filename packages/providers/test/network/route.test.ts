import { describe, expect, test } from 'vitest';
import type { NetworkSettings } from '../../src/entry.js';
import { chooseRoute } from '../../src/transport/route.js';

const proxies: NetworkSettings = {
  httpProxy: 'http://me:secret@plain.example:3128',
  httpProxyOrigin: 'http_proxy',
  httpsProxy: 'http://proxy.example:3128',
  httpsProxyOrigin: 'trae_config.json:4',
  noProxyOrigin: 'NO_PROXY',
};
const wayTo = (url: string, noProxy?: string): string =>
  chooseRoute(new URL(url), { ...proxies, ...(noProxy === undefined ? {} : { noProxy }) }).type;

test.each([
  'http://localhost:11434',
  'https://localhost.',
  'http://LOCALHOST',
  'http://ollama.localhost:80',
  'http://127.0.0.1:8080/v1',
  'http://127.1.2.3',
  'http://2130706433',
  'http://[::1]:11434',
  'http://[::ffff:127.0.0.1]',
  'http://0.0.0.0:11434',
  'http://[::]:80',
])('%s is this machine, and no proxy is asked', (url) => {
  expect(chooseRoute(new URL(url), proxies)).toEqual({ type: 'direct', reason: 'loopback' });
});

test.each([
  'http://localhost.example.com',
  'http://notlocalhost',
  'http://127.example.com',
  'http://10.0.0.1',
  'http://[fe80::1]',
])('%s is not', (url) => {
  expect(wayTo(url)).toBe('proxy');
});

describe('NO_PROXY', () => {
  test.each([
    ['example.com', 'https://example.com/v1'],
    ['example.com', 'https://api.example.com'],
    ['.example.com', 'https://api.example.com'],
    ['.example.com', 'https://example.com'],
    ['*.example.com', 'https://api.example.com'],
    ['EXAMPLE.com.', 'https://api.Example.com'],
    ['example.com', 'https://example.com.'],
    ['other.org, example.com', 'https://example.com'],
    ['other.org example.com', 'https://example.com'],
    [' ,,example.com,', 'https://example.com'],
    ['example.com:443', 'https://example.com'],
    ['example.com:8080', 'http://example.com:8080'],
    ['10.0.0.7', 'http://10.0.0.7:8000'],
    ['[fd00::7]', 'http://[fd00::7]:8000'],
    ['fd00::7', 'http://[fd00::7]:8000'],
    ['[fd00::7]:8000', 'http://[fd00::7]:8000'],
    ['https://example.com/', 'https://example.com'],
    ['*', 'https://anything.org'],
  ])('%j exempts %s', (noProxy, url) => {
    expect(wayTo(url, noProxy)).toBe('direct');
  });

  test.each([
    ['', 'https://example.com'],
    [',', 'https://example.com'],
    ['.', 'https://example.com'],
    ['example.com', 'https://badexample.com'],
    ['example.com', 'https://example.com.evil.org'],
    ['api.example.com', 'https://example.com'],
    ['example.com:8443', 'https://example.com'],
    ['example.com:80', 'https://example.com'],
    ['0.0.7', 'http://10.0.0.7'],
    ['10.0.0.0/8', 'http://10.0.0.7'],
    [':443', 'https://example.com'],
    ['(', 'https://example.com'],
  ])('%j does not exempt %s', (noProxy, url) => {
    expect(wayTo(url, noProxy)).toBe('proxy');
  });
});
