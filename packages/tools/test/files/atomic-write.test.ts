import { chmod, chown, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { getuid } from 'node:process';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../src/files/atomic-write.js';

test('a reader sees the old file or the new one, never a part', async () => {
  await using files = await tempWorkspace();
  const path = files.path('file');
  const texts = ['a', 'b'].map((letter) => Buffer.from(letter.repeat(1_000_000)));
  await writeFile(path, texts[0] ?? '');
  const writing = new AbortController();
  const seen = new Set<string>();
  const reading = (async () => {
    while (!writing.signal.aborted) {
      const text = await readFile(path, 'latin1');
      seen.add(`${text.length} ${[...new Set(text)].join('')}`);
    }
  })();
  for (let round = 0; round < 20; round += 1) await writeAtomically(path, texts[round % 2] ?? Buffer.alloc(0));
  writing.abort();
  await reading;
  expect([...seen].filter((text) => text !== '1000000 a' && text !== '1000000 b')).toEqual([]);
  expect(await readdir(files.root)).toEqual(['file']);
});

test('mode and owner stay', async () => {
  await using files = await tempWorkspace({ file: 'old' });
  const path = files.path('file');
  if (getuid?.() === 0) await chown(path, 1234, 1234);
  await chmod(path, 0o2750);
  const before = await stat(path);
  await writeAtomically(path, Buffer.from('new'));
  const after = await stat(path);
  expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
  expect(await files.read('file')).toBe('new');
});

test('a failure leaves the old file and no other', async () => {
  await using files = await tempWorkspace({ 'directory/x': '' });
  await expect(writeAtomically(files.path('directory'), Buffer.from('x'))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(await readdir(files.root)).toEqual(['directory']);
});
