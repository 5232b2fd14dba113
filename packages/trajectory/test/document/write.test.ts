import { execFile } from 'node:child_process';
import { mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { toTraeDocument, writeTraeDocument } from '../../src/index.js';
import { fileKind } from '../../src/journal/file-kind.js';
import { recordsOf } from '../journal-file.js';
import { recordedRuns } from './recorded-runs.js';

const document = await toTraeDocument(recordsOf(recordedRuns['everything'] ?? []));

test('the document is written as the original does, for its owner alone, and can be replaced', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('deep', 'run.json');
  await writeTraeDocument(path, document);
  await writeTraeDocument(path, document);
  expect(await folder.read('deep/run.json')).toBe(`${JSON.stringify(document, null, 2)}\n`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder.path('deep'))).toEqual(['run.json']);
  expect(await fileKind(path)).toBe('document');
});

test('a failure leaves nothing behind and says why', async () => {
  await using folder = await tempWorkspace({ file: '' });
  await mkdir(folder.path('run.json'));
  await expect(writeTraeDocument(folder.path('run.json'), document)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('it is a directory') as string,
  });
  await expect(writeTraeDocument(folder.path('file', 'run.json'), document)).rejects.toMatchObject({ code: 'usage' });
  expect((await readdir(folder.root)).toSorted()).toEqual(['file', 'run.json']);
});

test('a link stays a link, and what it leads to is replaced', async () => {
  await using folder = await tempWorkspace({ 'deep/run.json': '' });
  await symlink('deep/run.json', folder.path('link.json'));
  await writeTraeDocument(folder.path('link.json'), document);
  expect(await readlink(folder.path('link.json'))).toBe('deep/run.json');
  expect(await folder.read('deep/run.json')).toContain('"agent_steps"');
});

test.skipIf(process.platform === 'win32')('a pipe is written to, and stays one', async () => {
  await using folder = await tempWorkspace();
  await promisify(execFile)('mkfifo', [folder.path('pipe')]);
  const reading = promisify(execFile)('cat', [folder.path('pipe')]);
  await writeTraeDocument(folder.path('pipe'), document);
  expect(JSON.parse((await reading).stdout)).toEqual(document);
  expect((await stat(folder.path('pipe'))).isFIFO()).toBe(true);
});

test('the flag that named the path is named where it cannot be written', async () => {
  await using folder = await tempWorkspace({ file: '' });
  await expect(writeTraeDocument(folder.path('file', 'run.json'), document, '--output')).rejects.toMatchObject({
    hint: 'Name another place with --output.',
  });
});
