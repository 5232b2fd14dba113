import { chmod, chown, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { getuid } from 'node:process';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { addTrustedFolder, readTrustStore, removeTrustedFolder } from '../src/trust/trust-store.js';
import { errorOf } from './read/document.js';
import { canBeUser, runAsUser } from './as-user.js';

const at = new Date('2026-05-01T12:00:00Z');

test('a folder is trusted once it was added, and no longer once it was removed', async () => {
  await using state = await tempWorkspace();
  const path = state.path('trae-cli/trust.json');
  await addTrustedFolder(path, '/home/me/a', at);
  await addTrustedFolder(path, '/home/me/b', at);
  const store = await readTrustStore(path);
  expect(store.folders).toEqual([
    { path: '/home/me/a', at: '2026-05-01T12:00:00.000Z' },
    { path: '/home/me/b', at: '2026-05-01T12:00:00.000Z' },
  ]);
  expect(store.isTrusted('/home/me/a')).toBe(true);
  expect(await removeTrustedFolder(path, '/home/me/a')).toBe(true);
  expect(await removeTrustedFolder(path, '/home/me/a')).toBe(false);
  expect((await readTrustStore(path)).isTrusted('/home/me/a')).toBe(false);
  expect((await readTrustStore(path)).isTrusted('/home/me/b')).toBe(true);
});

test.each(['/home/me/a/inside', '/home/me', '/home/me/ab', '/home/me/a/', '/home/me/a/../a', 'a', '', '/'])(
  'trust in /home/me/a is none in %j',
  async (other) => {
    await using state = await tempWorkspace();
    await addTrustedFolder(state.path('trust.json'), '/home/me/a', at);
    expect((await readTrustStore(state.path('trust.json'))).isTrusted(other)).toBe(false);
  },
);

test('a folder that is added twice is there once, with the later time', async () => {
  await using state = await tempWorkspace();
  const path = state.path('trust.json');
  await addTrustedFolder(path, '/a', at);
  await addTrustedFolder(path, '/a', new Date('2027-01-01T00:00:00Z'));
  expect((await readTrustStore(path)).folders).toEqual([{ path: '/a', at: '2027-01-01T00:00:00.000Z' }]);
});

test('the list is its owner’s alone, whatever was there before', async () => {
  await using state = await tempWorkspace();
  const path = state.path('deep/trae-cli/trust.json');
  await mkdir(state.path('deep/trae-cli'), { recursive: true });
  await chmod(state.path('deep/trae-cli'), 0o775);
  await addTrustedFolder(path, '/a', at);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(state.path('deep/trae-cli'))).mode & 0o777).toBe(0o700);
  expect((await readTrustStore(path)).isTrusted('/a')).toBe(true);
});

test.each(['relative', './a', '/a/../b', '/a/', '', '/a\0b'])('%j is nothing that can be trusted', async (folder) => {
  await using state = await tempWorkspace();
  expect((await errorOf(addTrustedFolder(state.path('trust.json'), folder, at))).code).toBe('usage');
  expect(await readdir(state.root)).toEqual([]);
});

test('odd entries are passed over, and the others stay', async () => {
  const folders = [
    { path: 'relative' },
    { path: '/a/../b' },
    7,
    null,
    { at: 'x' },
    { path: ['/c'] },
    { path: '/d', at: 3 },
  ];
  await using state = await tempWorkspace({ 'trust.json': JSON.stringify({ version: 1, folders, more: true }) });
  const store = await readTrustStore(state.path('trust.json'));
  expect(store.problem).toBeUndefined();
  expect(store.folders).toEqual([{ path: '/d', at: '' }]);
});

describe('a list that is not in order trusts nobody, and is not written over', () => {
  test.each([
    ['cut off', '{"version": 1, "folders": [{"path": "/a"', 'it is not a list of folders'],
    ['empty', '', 'it is not a list of folders'],
    ['a list of something else', '["/a"]', 'it is not a list of folders'],
    ['without folders', '{"version": 1}', 'it is not a list of folders'],
    ['of another version', '{"version": 2, "folders": [{"path": "/a"}]}', 'another version of trae-cli wrote it'],
    ['nested without end', `{"version": 1, "folders": ${'['.repeat(50_000)}`, 'it is not a list of folders'],
    ['huge', 'x'.repeat(2_000_000), 'it is larger than 1 MB'],
    ['no text', new Uint8Array([0xff, 0xfe, 0x41]), 'it is written in UTF-16'],
  ])('%s', async (_what, content, problem) => {
    await using state = await tempWorkspace({ 'trust.json': content });
    const path = state.path('trust.json');
    const store = await readTrustStore(path);
    expect([store.folders, store.isTrusted('/a'), store.problem]).toEqual([
      [],
      false,
      expect.stringContaining(problem),
    ]);
    for (const change of [() => addTrustedFolder(path, '/a', at), () => removeTrustedFolder(path, '/a')]) {
      const { code, message, hint } = await errorOf(change());
      expect([code, message]).toEqual([
        'config_invalid',
        expect.stringContaining(`${path}, is not believed: ${problem}`),
      ]);
      expect(hint).toContain('trae-cli trust');
    }
    expect((await stat(path)).size).toBe(Buffer.from(content).length);
  });

  test('a directory', async () => {
    await using state = await tempWorkspace({ 'trust.json/x': '' });
    expect((await readTrustStore(state.path('trust.json'))).problem).toBe('it is a directory');
  });
});

describe.skipIf(getuid === undefined)('a list that others could have written is not believed', () => {
  test.each([
    ['writable by the group', 0o620, 0o700, 'other users may write to it'],
    ['writable by everybody', 0o606, 0o700, 'other users may write to it'],
    ['in a directory of the group', 0o600, 0o770, 'other users may write to its directory'],
    ['in a directory of everybody', 0o600, 0o1777, 'other users may write to its directory'],
  ])('%s', async (_what, mode, directoryMode, problem) => {
    await using state = await tempWorkspace();
    const path = state.path('trae-cli/trust.json');
    await addTrustedFolder(path, '/a', at);
    await chmod(path, mode);
    await chmod(state.path('trae-cli'), directoryMode);
    const store = await readTrustStore(path);
    expect([store.isTrusted('/a'), store.problem]).toEqual([false, problem]);
  });

  test.skipIf(getuid?.() !== 0)('of another user', async () => {
    await using state = await tempWorkspace();
    const path = state.path('trae-cli/trust.json');
    await addTrustedFolder(path, '/a', at);
    await chown(path, 1234, 1234);
    expect(await readTrustStore(path)).toMatchObject({ folders: [], problem: 'it belongs to another user' });
  });

  test('a link to such a list', async () => {
    await using state = await tempWorkspace({ 'open.json': '{"version": 1, "folders": [{"path": "/a"}]}' });
    await chmod(state.path('open.json'), 0o666);
    await symlink('open.json', state.path('trust.json'));
    expect((await readTrustStore(state.path('trust.json'))).isTrusted('/a')).toBe(false);
  });
});

test('two who write at once leave a whole list behind, and nothing else', async () => {
  await using state = await tempWorkspace();
  const path = state.path('trust.json');
  const names = Array.from({ length: 20 }, (_, index) => `/folder-${index}`);
  const readers = names.map(async () => (await readTrustStore(path)).problem);
  await Promise.all(names.map((name) => addTrustedFolder(path, name, at)));
  expect(new Set(await Promise.all(readers))).toEqual(new Set([undefined]));
  const { folders, problem } = await readTrustStore(path);
  expect([problem, folders.length > 0]).toEqual([undefined, true]);
  expect(await readdir(state.root)).toEqual(['trust.json']);
});

test.skipIf(!canBeUser)('a place that cannot be written to is told, and nothing is left there', async () => {
  await using state = await tempWorkspace();
  await mkdir(state.path('closed'));
  await chmod(state.path('closed'), 0o500);
  const { stdout } = await runAsUser(`
    const { addTrustedFolder } = await import(src('trust/trust-store.ts'));
    const path = ${JSON.stringify(state.path('closed/trae-cli/trust.json'))};
    await addTrustedFolder(path, '/a', new Date(0)).catch((error) => console.log(error.code, error.message));
  `);
  await chmod(state.path('closed'), 0o700);
  expect(stdout).toMatch(/^usage The list of trusted folders, .*, cannot be written: permission denied\.\n$/);
  expect(await readdir(state.path('closed'))).toEqual([]);
});

test('a file in the way of its directory is told', async () => {
  await using state = await tempWorkspace();
  await writeFile(state.path('trae-cli'), '');
  const { message } = await errorOf(addTrustedFolder(state.path('trae-cli/trust.json'), '/a', at));
  expect(message).toContain('trust.json');
});
