import { mkdir, symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runProcess, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { namedImages } from '../../src/images/named-images.js';
import { readImageFile } from '../../src/images/read-image.js';

const hostIn = (root: string): Parameters<typeof namedImages>[1] => ({
  homeDirectory: root,
  resolvePath: (path) => resolve(root, path),
});

test.each<readonly [string, readonly string[]]>([
  ['Look at a.png, then at (dir/b.JPG).', ['a.png', 'dir/b.JPG']],
  [String.raw`Look at with\ space.png`, ['with space.png']],
  ['Look at "with space.png" and \'a.png\'', ['with space.png', 'a.png']],
  ['Look at ~/a.png, once more ~/a.png', ['~/a.png']],
  ['a.png/not.png and a.pngx and gone.png and http://a.example/a.png', []],
])('of %j these are shown: %j', async (task, names) => {
  await using workspace = await tempWorkspace({ 'a.png': '', 'dir/b.JPG': '', 'with space.png': '' });
  expect(await namedImages(task, hostIn(workspace.root))).toEqual(names);
});

test.each(['a', '\\', '.png/', String.raw`\ `, '"', "'a "])(
  'a task that is a megabyte of %j is looked through at once',
  async (unit) => {
    await using workspace = await tempWorkspace();
    expect(await namedImages(unit.repeat(1_000_000 / unit.length), hostIn(workspace.root))).toEqual([]);
  },
);

describe('what is called an image and is none', () => {
  const read = (root: string, name: string) =>
    readImageFile(name, hostIn(root), new AbortController().signal).catch((error: Error) => error.message);

  test('is not sent, where a link leads to something else', async () => {
    await using workspace = await tempWorkspace({ secret: 'PRIVATE KEY' });
    await symlink('secret', workspace.path('x.png'));
    expect(await read(workspace.root, 'x.png')).toBe('The image x.png is not a PNG, JPEG, GIF or WebP image.');
  });

  test('is not waited for', async () => {
    await using workspace = await tempWorkspace();
    await runProcess('mkfifo', [workspace.path('pipe.png')]);
    await symlink('/dev/zero', workspace.path('zero.png'));
    await mkdir(workspace.path('folder.png'));
    const names = ['pipe.png', 'zero.png', 'folder.png'];
    expect(await namedImages(names.join(' '), hostIn(workspace.root))).toEqual([]);
    for (const name of names) expect(await read(workspace.root, name)).toBe(`The image ${name} is not a file.`);
  });
});
