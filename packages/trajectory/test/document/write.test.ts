import { mkdir, readdir, stat } from 'node:fs/promises';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { isTrajectoryFile, toTraeDocument, writeTraeDocument } from '../../src/index.js';
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
  expect(await isTrajectoryFile(path)).toBe(true);
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
