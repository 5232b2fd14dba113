import { chmod, mkdir, readdir, stat, symlink, utimes } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Secret } from '@trae-cli/protocol';
import { type TempWorkspace, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { type KeyStoreOptions, openKeyStore } from '../../src/login/key-store.js';
import { storeHost } from './store-host.js';

const file = 'trae-cli/credentials.json';
const headless = { DBUS_SESSION_BUS_ADDRESS: '' };
const secret = (text: string): Secret => new Secret(text, 'test');
const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

const content = (key = 'gsk_0123456789'): string =>
  JSON.stringify({ version: 1, providers: { groq: { place: 'file', key, at: '2026-01-01T00:00:00Z' } } });

function open(home: TempWorkspace, options: KeyStoreOptions = {}) {
  const told: string[] = [];
  const host = storeHost(home, { environment: headless });
  return { told, store: openKeyStore(host, { tell: (notice) => told.push(notice), ...options }) };
}

test('where nobody has logged in there is nothing, and nothing is made', async () => {
  await using home = await tempWorkspace();
  const { store, told } = open(home);
  expect([await store.read('groq'), await store.readStored(), await store.providers()]).toEqual([undefined, [], []]);
  expect({ told, there: await readdir(home.root) }).toEqual({ told: [], there: [] });
});

test('only its owner may read the file and enter its directory', async () => {
  await using home = await tempWorkspace();
  const { store } = open(home);
  expect(await store.store('groq', secret('gsk_0123456789'))).toEqual({
    where: home.path(file),
    place: 'file',
    notice: undefined,
  });
  expect([await modeOf(home.path('trae-cli')), await modeOf(home.path(file))]).toEqual(['700', '600']);
  expect(await readdir(home.path('trae-cli'))).toEqual(['credentials.json']);
});

test('a relative XDG_CONFIG_HOME is ignored', async () => {
  await using home = await tempWorkspace();
  const host = storeHost(home, { environment: { ...headless, XDG_CONFIG_HOME: 'config' } });
  const { where } = await openKeyStore(host).store('groq', secret('gsk_0123456789'));
  expect(where).toBe(home.path('.config/trae-cli/credentials.json'));
});

test('a key replaces the one before it, and the others stay', async () => {
  await using home = await tempWorkspace({ [file]: content() });
  await chmod(home.path(file), 0o600);
  const { store, told } = open(home);
  await store.store('openai', secret('sk-0123456789'));
  await store.store('groq', secret('gsk_9876543210'));
  const later = open(home).store;
  expect((await later.readStored()).map((key) => [key.origin, key.reveal()])).toEqual([
    ['the login for openai', 'sk-0123456789'],
    ['the login for groq', 'gsk_9876543210'],
  ]);
  expect(await later.remove('openai')).toBe(home.path(file));
  expect(await later.remove('openai')).toBeUndefined();
  expect(await open(home).store.providers()).toEqual([{ provider: 'groq', place: 'file' }]);
  expect(told).toEqual([]);
});

test('a file that others may read is closed to them, and that is told', async () => {
  await using home = await tempWorkspace({ [file]: content() });
  await chmod(home.path(file), 0o644);
  const { store, told } = open(home);
  expect((await store.read('groq'))?.reveal()).toBe('gsk_0123456789');
  expect(await modeOf(home.path(file))).toBe('600');
  expect(told).toEqual([
    `${home.path(file)} could be read by other users; it is closed to them now. Make new keys if that matters.`,
  ]);
});

type Doubt = {
  readonly name: string;
  readonly make: (home: TempWorkspace) => Promise<unknown>;
  readonly reason: string;
  readonly options?: KeyStoreOptions;
};

const written = (text: string) => (home: TempWorkspace) => home.write({ [file]: text });

const doubts: readonly Doubt[] = [
  {
    name: 'a symbolic link',
    make: async (home) => {
      await home.write({ elsewhere: content(), 'trae-cli/x': '' });
      await symlink(home.path('elsewhere'), home.path(file));
    },
    reason: 'is a symbolic link',
  },
  {
    name: "somebody else's file",
    make: written(content()),
    reason: 'belongs to another user',
    options: { userId: 4321 },
  },
  { name: 'a directory', make: (home) => mkdir(home.path(file), { recursive: true }), reason: 'is not a file' },
  {
    name: 'half a file',
    make: written(content().slice(0, 40)),
    reason: 'is not as `trae-cli login` writes it; a part of it may be lost',
  },
  {
    name: 'an empty file',
    make: written(''),
    reason: 'is not as `trae-cli login` writes it; a part of it may be lost',
  },
  {
    name: 'a key of another type',
    make: written(content().replace('"gsk_0123456789"', '7')),
    reason: 'is not as `trae-cli login` writes it; a part of it may be lost',
  },
  { name: 'a file of the future', make: written('{"version":2,"keys":[]}'), reason: 'was written by a newer trae-cli' },
  { name: 'an endless file', make: written(' '.repeat(2 ** 20 + 1)), reason: 'is larger than any list of keys' },
];

describe('a file that cannot be believed is not used, and not overwritten', () => {
  test.each(doubts)('$name', async ({ make, reason, options }) => {
    await using home = await tempWorkspace();
    await make(home);
    if (reason !== 'is not a file') await chmod(home.path(file), 0o600);
    const { store, told } = open(home, options);
    expect([await store.read('groq'), await store.readStored(), await store.providers()]).toEqual([undefined, [], []]);
    expect(told).toEqual([`${home.path(file)} ${reason}, so the keys stored there are not used.`]);
    await expect(store.store('openai', secret('sk-0123456789'))).rejects.toMatchObject({
      code: 'config_invalid',
      message: `${home.path(file)} ${reason}.`,
    });
    await expect(open(home, { ...options, mustBelieve: true }).store.providers()).rejects.toThrow(reason);
  });
});

test('where the directory cannot be made it is said which one', async () => {
  await using home = await tempWorkspace({ 'trae-cli': 'a file' });
  await expect(open(home).store.store('groq', secret('gsk_0123456789'))).rejects.toMatchObject({
    code: 'config_invalid',
    message: `${home.path(file)} cannot be read: a part of the path is not a directory.`,
  });
});

const realClock = {
  now: () => performance.now(),
  sleep: (milliseconds: number, signal: AbortSignal) => pause(milliseconds, undefined, { signal }),
};

test('many that store at once lose nothing and leave nothing behind', async () => {
  await using home = await tempWorkspace();
  const host = storeHost(home, { environment: headless, clock: realClock, today: () => new Date() });
  const names = Array.from({ length: 20 }, (_, index) => `provider-${index}`);
  await Promise.all(names.map((name) => openKeyStore(host).store(name, secret(`key-of-${name}`))));
  const keys = await openKeyStore(host).readStored();
  expect(keys.map((key) => key.reveal()).toSorted()).toEqual(names.map((name) => `key-of-${name}`).toSorted());
  expect(await readdir(home.path('trae-cli'))).toEqual(['credentials.json']);
});

test('a lock that somebody left behind is removed, and a fresh one is waited for', async () => {
  await using home = await tempWorkspace({ 'trae-cli/credentials.json.lock': '' });
  const lock = home.path('trae-cli/credentials.json.lock');
  const now = new Date();
  const host = storeHost(home, {
    environment: headless,
    today: () => now,
    clock: { now: () => 0, sleep: () => free() },
  });
  let waits = 0;
  const free = async (): Promise<void> => {
    waits += 1;
    if (waits === 3) await utimes(lock, now, new Date(now.getTime() - 11_000));
  };
  await openKeyStore(host).store('groq', secret('gsk_0123456789'));
  expect(waits).toBe(4);
  expect(await readdir(home.path('trae-cli'))).toEqual(['credentials.json']);
});
