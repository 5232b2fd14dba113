import { access, chmod, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { Secret } from '@trae-cli/protocol';
import { tempWorkspace, testClock } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { openKeyStore } from '../../src/login/key-store.js';
import { fakeKeychain } from './fake-keychain.js';
import { storeHost } from './store-host.js';

const text = 'gsk_0123456789$`"\\\'!abcdef';
const key = new Secret(text, 'test');

const systems = [
  { system: 'Linux 6.1 x64', kind: 'secretTool', name: 'secret-tool', where: 'the keyring' },
  { system: 'Darwin 24.1 arm64', kind: 'security', name: 'security', where: 'the login keychain' },
] as const;

describe.each(systems)('in the keychain of $system', ({ system: platform, kind, name, where }) => {
  test('a key is stored, read in another process and removed', async () => {
    await using home = await tempWorkspace();
    await using programs = await fakeKeychain(kind, name);
    const host = storeHost(home, { programs, platform });
    expect(await openKeyStore(host).store('groq', key)).toEqual({ where, place: 'keychain', notice: undefined });
    const later = openKeyStore(host);
    const read = await later.read('groq');
    expect({ key: read?.reveal(), origin: read?.origin }).toEqual({ key: text, origin: 'the login for groq' });
    expect(await later.providers()).toEqual([{ provider: 'groq', place: 'keychain' }]);
    expect(await later.readStored()).toEqual([]);
    expect(await later.remove('groq')).toBe(where);
    expect(await openKeyStore(host).read('groq')).toBeUndefined();
  });

  test('the key is neither in the arguments of the program nor in the file', async () => {
    await using home = await tempWorkspace();
    await using programs = await fakeKeychain(kind, name);
    const store = openKeyStore(storeHost(home, { programs, platform }));
    await store.store('groq', key);
    await store.read('groq');
    expect(await programs.read('key-of-groq')).toBe(text);
    expect(await programs.read('calls')).not.toContain('gsk_');
    expect(JSON.parse(await home.read('trae-cli/credentials.json'))).toEqual({
      version: 1,
      providers: { groq: { place: 'keychain', at: '2026-01-02T03:04:05.678Z' } },
    });
  });

  test('a key that has gone from there is told, and counts as none', async () => {
    await using home = await tempWorkspace();
    await using programs = await fakeKeychain(kind, name);
    const told: string[] = [];
    const store = openKeyStore(storeHost(home, { programs, platform }), { tell: (notice) => told.push(notice) });
    await store.store('groq', key);
    await rm(programs.path('key-of-groq'));
    expect(await store.read('groq')).toBeUndefined();
    expect(told).toEqual([`${where} no longer has the key for groq that was stored there.`]);
    expect(await store.remove('groq')).toBe(where);
  });
});

const refusals = [
  { kind: 'failing', reason: 'secret-tool: Cannot create an item in a locked collection' },
  { kind: 'forgetful', reason: 'secret-tool took the key and did not keep it' },
] as const;

describe('a keychain that does not take the key', () => {
  test.each(refusals)('$kind: the key goes into the file, and it is said why', async ({ kind, reason }) => {
    await using home = await tempWorkspace();
    await using programs = await fakeKeychain(kind);
    const stored = await openKeyStore(storeHost(home, { programs })).store('groq', key);
    expect(stored).toEqual({
      where: home.path('trae-cli/credentials.json'),
      place: 'file',
      notice: `the keyring did not take the key (${reason}).`,
    });
    expect((await openKeyStore(storeHost(home, { programs })).read('groq'))?.reveal()).toBe(text);
  });

  test('one that hangs is left after its time', async () => {
    await using home = await tempWorkspace();
    await using programs = await fakeKeychain('hanging');
    const clock = testClock();
    const { place, notice } = await openKeyStore(storeHost(home, { programs, clock })).store('groq', key);
    expect({ place, notice }).toEqual({
      place: 'file',
      notice: 'the keyring did not take the key (secret-tool did not answer in time).',
    });
    expect(clock.sleeps).toEqual([15_000]);
  });
});

describe('a key that is said to be in the keychain', () => {
  const entry = { 'trae-cli/credentials.json': '{"version":1,"providers":{"groq":{"place":"keychain","at":""}}}' };

  test.each(['failing', 'hanging'] as const)('is an error where that is %s', async (kind) => {
    await using home = await tempWorkspace(entry);
    await using programs = await fakeKeychain(kind);
    const clock = testClock(kind === 'hanging' ? {} : { wake: 'by hand' });
    const store = openKeyStore(storeHost(home, { programs, clock }));
    await expect(store.read('groq')).rejects.toMatchObject({
      code: 'credentials_missing',
      message: expect.stringMatching(/^The key for groq is stored in the keyring, and secret-tool/) as string,
    });
    await expect(store.remove('groq')).rejects.toThrow('The key for groq is still in the keyring');
  });

  test('is an error in a session without one, and can be forgotten there', async () => {
    await using home = await tempWorkspace(entry);
    await chmod(home.path('trae-cli/credentials.json'), 0o600);
    const told: string[] = [];
    const host = storeHost(home, { environment: { DBUS_SESSION_BUS_ADDRESS: '' } });
    const store = openKeyStore(host, { tell: (notice) => told.push(notice) });
    await expect(store.read('groq')).rejects.toThrow('this session has none');
    expect(await store.remove('groq')).toBe('the list of stored keys');
    expect(told).toEqual(['this session has no keychain: the key for groq is forgotten here, and stays in there.']);
  });

  test('is asked for only when this very key is wanted', async () => {
    await using home = await tempWorkspace(entry);
    await using programs = await fakeKeychain('secretTool');
    const store = openKeyStore(storeHost(home, { programs }));
    expect(await store.read('openai')).toBeUndefined();
    await store.readStored();
    await store.providers();
    await expect(access(programs.path('calls'))).rejects.toThrow('ENOENT');
  });
});

test('without a session bus the program is not even started', async () => {
  await using home = await tempWorkspace();
  await using programs = await fakeKeychain('secretTool');
  const host = storeHost(home, { programs, environment: { DBUS_SESSION_BUS_ADDRESS: '' } });
  expect(await openKeyStore(host).store('groq', key)).toMatchObject({ place: 'file', notice: undefined });
  await expect(access(programs.path('calls'))).rejects.toThrow('ENOENT');
});

test('a program that a relative entry of the PATH would find is not trusted with a key', async () => {
  await using home = await tempWorkspace();
  await using programs = await fakeKeychain('secretTool');
  const host = storeHost(home, { environment: { PATH: `${relative('.', programs.root)}:` } });
  expect(await openKeyStore(host).store('groq', key)).toMatchObject({ place: 'file', notice: undefined });
  await expect(access(programs.path('calls'))).rejects.toThrow('ENOENT');
});
