import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { toolbox } from '../toolbox.js';

const refused = /is outside the workspace .* the user can allow another directory with --allow-path\.$/;

test('no path leads out of the workspace', async () => {
  await using outside = await tempWorkspace({ 'secret.txt': 'secret\n', 'dir/inner.txt': 'inner\n' });
  await using box = await toolbox({ files: { 'in.txt': 'in\n', 'sub/x': '' } });
  await symlink(outside.path('secret.txt'), box.files.path('link.txt'));
  await symlink(outside.path('dir'), box.files.path('linked'));
  await symlink(outside.path('not-yet.txt'), box.files.path('dangling.txt'));
  await symlink('dangling.txt', box.files.path('chain.txt'));
  await symlink(outside.path('no/such/dir'), box.files.path('sub/gone'));
  for (const path of [
    outside.path('secret.txt'),
    '/etc/passwd',
    '../outside',
    'sub/../../outside',
    'link.txt',
    'linked/inner.txt',
    'linked/new.txt',
    'linked/../linked/new/deeper.txt',
    'dangling.txt',
    'chain.txt',
    'sub/gone/x',
    '/',
    `${box.root}-sibling/x`,
  ]) {
    expect(await box.edit({ command: 'view', path }), path).toMatch(refused);
    expect(await box.edit({ command: 'create', path, file_text: 'x' }), path).toMatch(refused);
    expect(await box.edit({ command: 'str_replace', path, old_str: 'secret', new_str: 'x' }), path).toMatch(refused);
  }
  expect(await outside.read('secret.txt')).toBe('secret\n');
  await expect(readFile(outside.path('not-yet.txt'))).rejects.toThrow('ENOENT');
});

test('a refusal names where a link leads', async () => {
  await using outside = await tempWorkspace({ 'secret.txt': '' });
  await using box = await toolbox();
  await symlink(outside.path('secret.txt'), box.files.path('link.txt'));
  expect(await box.edit({ command: 'view', path: 'link.txt' })).toMatch(
    `${box.root}/link.txt leads to ${outside.root}/secret.txt, which is outside the workspace ${box.root}.`,
  );
});

test('links inside the workspace are followed, dangling ones too', async () => {
  await using box = await toolbox({ files: { 'real/a.txt': 'a\n' } });
  await symlink('real', box.files.path('alias'));
  await symlink('../real/new.txt', box.files.path('real/dangling.txt'));
  expect(await box.edit({ command: 'view', path: 'alias/a.txt' })).toBe('     1\ta');
  expect(await box.edit({ command: 'view', path: `${box.root}/real/../real/a.txt` })).toBe('     1\ta');
  expect(await box.edit({ command: 'create', path: 'real/dangling.txt', file_text: 'made\n' })).toMatch(/^Created/);
  expect(await box.files.read('real/new.txt')).toBe('made\n');
});

test('links that go in circles are answered', async () => {
  await using box = await toolbox();
  await symlink('b', box.files.path('a'));
  await symlink('a', box.files.path('b'));
  expect(await box.edit({ command: 'view', path: 'a' })).toMatch(
    /cannot be reached: it is a link that leads back to itself\./,
  );
});

test('allowed directories are open, also by way of links, and theirs only', async () => {
  await using outside = await tempWorkspace({ 'open/a.txt': 'a\n', 'closed/b.txt': 'b\n' });
  await symlink(outside.path('open'), outside.path('door'));
  await using box = await toolbox({ allowedPaths: [outside.path('door'), outside.path('later')] });
  expect(await box.edit({ command: 'view', path: outside.path('open/a.txt') })).toBe('     1\ta');
  expect(
    await box.edit({ command: 'str_replace', path: outside.path('door/a.txt'), old_str: 'a', new_str: 'A' }),
  ).toMatch(/^Changed/);
  expect(await box.edit({ command: 'view', path: outside.path('closed/b.txt') })).toMatch(refused);
  expect(await box.edit({ command: 'create', path: outside.path('later/new.txt'), file_text: 'x' })).toMatch(
    /^Created/,
  );
  expect(await box.edit({ command: 'create', path: outside.path('later-not/new.txt'), file_text: 'x' })).toMatch(
    refused,
  );
});

test('names that begin with two dots are names', async () => {
  await using box = await toolbox({ files: { '..data/x.txt': 'x\n' } });
  expect(await box.edit({ command: 'view', path: '..data/x.txt' })).toBe('     1\tx');
});

test('a root that is reached by a link is the real directory', async () => {
  await using box = await toolbox({ files: { 'real/a.txt': 'a\n' } });
  await symlink('real', box.files.path('alias'));
  await using inner = await tempWorkspace();
  await mkdir(inner.path('x'));
  await writeFile(inner.path('x/f'), 'f\n');
  expect(await box.edit({ command: 'view', path: `${box.root}/alias/a.txt` })).toBe('     1\ta');
});
