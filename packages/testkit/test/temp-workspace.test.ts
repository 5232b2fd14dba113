import { lstat, realpath } from 'node:fs/promises';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';

test('the files are there, in their folders, under a path without links', async () => {
  await using workspace = await tempWorkspace({ 'a.txt': 'A', 'deep/er/b.bin': new Uint8Array([0xff, 0x00]) });
  expect(await workspace.read('a.txt')).toBe('A');
  expect((await lstat(workspace.path('deep', 'er', 'b.bin'))).size).toBe(2);
  expect(await realpath(workspace.root)).toBe(workspace.root);
});

test('nothing is left when its scope ends', async () => {
  let root: string;
  {
    await using workspace = await tempWorkspace({ 'a/b/c.txt': '' });
    root = workspace.root;
  }
  await expect(lstat(root)).rejects.toThrow('ENOENT');
});

test('a repository has one commit with everything in it, whoever runs the test', async () => {
  await using workspace = await tempWorkspace({ 'a.txt': 'A', '.gitignore': 'b.txt', 'b.txt': 'B' }, { git: true });
  expect(await workspace.git('log', '--format=%an %s')).toBe('Test Start\n');
  expect(await workspace.git('status', '--porcelain')).toBe('');
  await workspace.write({ 'a.txt': 'changed' });
  expect(await workspace.git('status', '--porcelain')).toBe(' M a.txt\n');
});

test('an empty repository has a commit too', async () => {
  await using workspace = await tempWorkspace({}, { git: true });
  expect(await workspace.git('rev-list', '--count', 'HEAD')).toBe('1\n');
});
