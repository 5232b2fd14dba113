import { catalog, isOwnAddress } from '@trae-cli/providers';
import { expect, test } from 'vitest';
import { cleanBaseUrl, isThisMachine } from '../../src/base-url.js';
import { never } from '../conversation.js';
import { providerAt, talkWith } from './talk.js';

const addressOf = (address: string): string => cleanBaseUrl(address, { id: 'ollama', apiFormat: 'ollama' });

test.each([
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
  ['http://0.0.0.0:11434', 'http://127.0.0.1:11434'],
  ['box', 'http://box:11434'],
  ['box:1234', 'http://box:1234'],
  ['box.lan/', 'http://box.lan:11434'],
  ['box/ollama', 'http://box:11434/ollama'],
  [':1234', 'http://127.0.0.1:1234'],
  ['::1', 'http://[::1]:11434'],
  ['[::1]', 'http://[::1]:11434'],
  ['[::1]:1234', 'http://[::1]:1234'],
  ['[::]:1234', 'http://[::1]:1234'],
  ['192.168.1.7', 'http://192.168.1.7:11434'],
  ['localhost', 'http://localhost:11434'],
  ['"localhost:11434"', 'http://localhost:11434'],
  [' box ', 'http://box:11434'],
  ['http://h', 'http://h'],
  ['https://ollama.com', 'https://ollama.com'],
  ['https://ollama.com/api', 'https://ollama.com'],
  ['http://h:11434/v1', 'http://h:11434'],
  ['http://h:11434/v1/', 'http://h:11434'],
  ['http://h:11434/api', 'http://h:11434'],
  ['http://h:11434/v1/chat/completions', 'http://h:11434'],
  ['http://h:11434/api/chat', 'http://h:11434'],
  ['http://h:11434/api/tags', 'http://h:11434'],
  ['http://h/gate/v1', 'http://h/gate'],
  ['box:1234/v1', 'http://box:1234'],
])('case 102: %s is %s', (address, url) => {
  expect(addressOf(address)).toBe(url);
});

test.each([
  ['http://user:pass@box:11434', 'has credentials in it'],
  ['user:pass@box', 'has credentials in it'],
  ['box:99999', 'is not an address'],
  ['ftp://box', 'begins with ftp://'],
  ['http://box?x=1', 'has a query'],
])('%s is refused: it %s', (address, problem) => {
  expect(() => addressOf(address)).toThrow(problem);
});

test('case 102b: an address that ends in /v1 reaches the paths of the own protocol', async () => {
  await using talk = await talkWith([{ text: 'a' }]);
  await providerAt(talk.server.url).model('m', never);
  expect(talk.paths).toContain('/api/show');
});

test('only what is on this machine counts as such', () => {
  const here = ['http://localhost:1', 'http://127.0.0.1', 'http://127.9.9.9:1', 'http://[::1]:1', 'http://0.0.0.0:1'];
  expect(here.filter(isThisMachine)).toEqual(here);
  expect(
    ['http://box:1', 'http://192.168.1.7', 'http://localhost.example.com', 'https://127.example.com'].filter(
      isThisMachine,
    ),
  ).toEqual([]);
});

test('the addresses of this machine and of the vendor are its own, and no others', () => {
  const entry = catalog.find(({ id }) => id === 'ollama');
  if (entry === undefined) throw new Error('There is no entry.');
  expect(isOwnAddress(entry, 'http://127.0.0.1:11434/v1')).toBe(true);
  expect(isOwnAddress(entry, 'https://ollama.com')).toBe(true);
  expect(isOwnAddress(entry, 'http://box:11434')).toBe(false);
});
