import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { tempWorkspace, type TempWorkspace, type WorkspaceFiles } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { readInstructions } from '../../src/index.js';

/** Names relative to the directory, with their texts. */
async function read(workspace: TempWorkspace): Promise<readonly (readonly [string, string])[]> {
  const files = await readInstructions(workspace.root, { within: workspace.root });
  return files.map(({ path, text }) => [path.slice(workspace.root.length + 1), text]);
}

type Case = readonly [title: string, files: WorkspaceFiles, found: readonly (readonly [string, string])[]];

const cases: readonly Case[] = [
  ['none', { 'README.md': 'x' }, []],
  ['AGENTS.md', { 'AGENTS.md': 'a' }, [['AGENTS.md', 'a']]],
  ['AGENTS.md before CLAUDE.md', { 'AGENTS.md': 'a', 'CLAUDE.md': 'c' }, [['AGENTS.md', 'a']]],
  ['CLAUDE.md where there is no other', { 'CLAUDE.md': 'c' }, [['CLAUDE.md', 'c']]],
  ['CLAUDE.md where the other is empty', { 'AGENTS.md': ' \n', 'CLAUDE.md': 'c' }, [['CLAUDE.md', 'c']]],
  [
    'TRAE.md in addition',
    { 'AGENTS.md': 'a', 'TRAE.md': 't' },
    [
      ['AGENTS.md', 'a'],
      ['TRAE.md', 't'],
    ],
  ],
  ['TRAE.md alone', { 'TRAE.md': 't' }, [['TRAE.md', 't']]],
  ['the same text once', { 'AGENTS.md': 'a', 'TRAE.md': 'a' }, [['AGENTS.md', 'a']]],
  ['a text without its byte order mark', { 'AGENTS.md': '\ufeffa' }, [['AGENTS.md', 'a']]],
  ['a text that is no UTF-8', { 'AGENTS.md': Buffer.from('gr\xfc\xdfe', 'latin1') }, [['AGENTS.md', 'gr\xfc\xdfe']]],
  ['no binary file', { 'AGENTS.md': Buffer.from([65, 0, 66]) }, []],
  ['no directory', { 'AGENTS.md/x': 'x', 'CLAUDE.md': 'c' }, [['CLAUDE.md', 'c']]],
];

test.each(cases)('of a directory is read: %s', async (...[, files, found]) => {
  await using workspace = await tempWorkspace(files);
  expect(await read(workspace)).toEqual(found);
});

test('a link that leads out is not followed, however it leads there', async () => {
  await using outside = await tempWorkspace({ key: 'PRIVATE KEY', 'dir/CLAUDE.md': 'PRIVATE' });
  await using workspace = await tempWorkspace({ 'sub/x': '' });
  await symlink(outside.path('key'), workspace.path('first'));
  await symlink('first', workspace.path('AGENTS.md'));
  await symlink('/proc/self/environ', workspace.path('CLAUDE.md'));
  await symlink(outside.path('not-there'), workspace.path('TRAE.md'));
  await symlink(outside.path('dir'), workspace.path('linked'));
  expect(await read(workspace)).toEqual([]);
  expect(await readInstructions(workspace.path('linked'), { within: workspace.root })).toEqual([]);
  expect(await readInstructions(workspace.path('no/such'), { within: workspace.root })).toEqual([]);
});

test('a link inside is followed, and says the same thing only once', async () => {
  await using workspace = await tempWorkspace({ 'docs/rules.md': 'rules' });
  await symlink('docs/rules.md', workspace.path('CLAUDE.md'));
  await symlink('CLAUDE.md', workspace.path('TRAE.md'));
  await symlink('AGENTS.md', workspace.path('AGENTS.md'));
  expect(await read(workspace)).toEqual([['CLAUDE.md', 'rules']]);
});

test('a pipe and a device keep nobody waiting', async () => {
  await using workspace = await tempWorkspace();
  await promisify(execFile)('mkfifo', [workspace.path('AGENTS.md')]);
  await mkdir(workspace.path('CLAUDE.md'));
  expect(await read(workspace)).toEqual([]);
  await symlink('/dev/zero', workspace.path('TRAE.md'));
  expect(await readInstructions(workspace.root, { within: '/' })).toEqual([]);
});

test('a long text is cut between two characters, and that is said', async () => {
  await using workspace = await tempWorkspace({ 'AGENTS.md': 'x' + '😀'.repeat(100_000) });
  const [file] = await readInstructions(workspace.root, { within: workspace.root });
  const note = `[The rest is left out here; it is in ${workspace.path('AGENTS.md')}.]`;
  expect(file?.text).toSatisfy((text: string) => text.endsWith(`😀\n${note}`) && text.length <= 32_000);
});
