import { mkdir, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { errorOf } from '../read/document.js';
import { homeWith } from './search.js';

const git = { 'project/.git/HEAD': '' };

test.each([
  ['trae_config.json', '{"a": 1}'],
  ['trae_config.yaml', 'a: 1'],
  ['trae_config.yml', 'a: 1'],
  ['.traerc', 'a: 1'],
  ['.traerc.json', '{"a": 1}'],
  ['.traerc.yaml', 'a: 1'],
  ['.traerc.yml', 'a: 1'],
  ['package.json', '{"trae": {"a": 1}}'],
])('%s is a configuration', async (name, text) => {
  await using home = await homeWith({ [`project/${name}`]: text });
  const { project, user, dotenv } = await home.search();
  expect(project?.file).toEqual({ path: home.path('project', name), scope: 'project', isTrusted: false });
  expect(project?.values).toEqual({ a: 1 });
  expect([user, dotenv]).toEqual([undefined, undefined]);
});

test.each([
  'trae_config',
  'trae_config.js',
  'trae_config.toml',
  'trae.config.js',
  '.traerc.js',
  '.traerc.ts',
  '.traerc.mjs',
  '.config/config.js',
  '.config/config.json',
  '.config/traerc',
  '.config/trae_config.json',
  '.config/.traerc',
  'package.yaml',
])('%s is none, and is not even looked at', async (name) => {
  await using home = await homeWith({ ...git, [`project/${name}`]: 'throw new Error("run")' });
  expect(await home.search()).toEqual({});
});

test.each(['trae_config.json', 'trae_config.yaml', 'trae_config.yml'])('the person has a %s', async (name) => {
  await using home = await homeWith({ [`.config/trae-cli/${name}`]: '{"a": 1}' });
  const { project, user } = await home.search();
  expect(project).toBeUndefined();
  expect(user?.file).toEqual({ path: home.path('.config/trae-cli', name), scope: 'user', isTrusted: true });
  expect(user?.values).toEqual({ a: 1 });
});

describe('two configurations in one directory are one too many', () => {
  test.each([
    ['trae_config.json', '.traerc'],
    ['trae_config.yaml', 'trae_config.yml'],
    ['.traerc.json', 'package.json'],
    ['.traerc', 'package.json'],
  ])('%s and %s', async (first, second) => {
    await using home = await homeWith({ [`project/${first}`]: '{"trae": {}}', [`project/${second}`]: '{"trae": {}}' });
    const { code, message, hint } = await errorOf(home.search());
    expect(code).toBe('config_invalid');
    expect(message).toBe(`There are two configurations in ${home.path('project')}: ${first} and ${second}.`);
    expect(hint).toBe('Remove one of them, or say which one counts with --config-file.');
  });

  test('but a package.json of somebody else is none', async () => {
    await using home = await homeWith({ 'project/.traerc': 'a: 1', 'project/package.json': '{"name": "trae"}' });
    expect((await home.search()).project?.values).toEqual({ a: 1 });
  });

  test('nor does it matter when one is named', async () => {
    await using home = await homeWith({ 'project/.traerc': 'a: 1', 'project/trae_config.json': '{"a": 2}' });
    const named = { path: home.path('project/.traerc'), origin: '--config-file', isTrusted: true } as const;
    expect((await home.search({ named })).project?.values).toEqual({ a: 1 });
  });

  test('of the person’s own files, too', async () => {
    await using home = await homeWith({
      '.config/trae-cli/trae_config.json': '{}',
      '.config/trae-cli/trae_config.yml': '',
    });
    const { message, hint } = await errorOf(home.search());
    expect(message).toContain('.config/trae-cli: trae_config.json and trae_config.yml');
    expect(hint).toBe('Remove one of them.');
  });
});

describe('the nearest one up to the git root counts, and nothing is added from above', () => {
  const far = { ...git, '.traerc': 'at: home', 'project/.traerc': 'at: root', 'project/a/b/x': '' };

  test('from deep inside', async () => {
    await using home = await homeWith(far);
    expect((await home.search({ from: 'project/a/b' })).project?.values).toEqual({ at: 'root' });
  });

  test('the nearer one hides the other', async () => {
    await using home = await homeWith({ ...far, 'project/a/trae_config.yaml': 'near: 1' });
    expect((await home.search({ from: 'project/a/b' })).project?.values).toEqual({ near: 1 });
  });

  test('though it is empty', async () => {
    await using home = await homeWith({ ...far, 'project/a/trae_config.yaml': '' });
    expect((await home.search({ from: 'project/a/b' })).project?.values).toEqual({});
  });

  test('a package.json without our key does not', async () => {
    await using home = await homeWith({ ...far, 'project/a/package.json': '{"name": "a"}' });
    expect((await home.search({ from: 'project/a/b' })).project?.values).toEqual({ at: 'root' });
  });

  test('a git root inside a git root ends the walk', async () => {
    await using home = await homeWith({ ...far, 'project/a/.git': 'gitdir: elsewhere' });
    expect(await home.search({ from: 'project/a/b' })).toEqual({});
  });

  test('without a git root only the workspace is looked at', async () => {
    await using home = await homeWith({ '.traerc': 'at: home', 'project/.traerc': 'at: project', 'project/a/x': '' });
    expect(await home.search({ from: 'project/a' })).toEqual({});
    expect((await home.search()).project?.values).toEqual({ at: 'project' });
  });

  test('never above the home directory, though git reaches further', async () => {
    await using home = await homeWith({ '.git/HEAD': '', '.traerc': 'at: above', 'me/project/a/x': '' });
    const homeDirectory = home.path('me');
    expect(await home.search({ from: 'me/project/a', homeDirectory })).toEqual({});
    expect(await home.search({ from: 'me', homeDirectory })).toEqual({});
    await home.write({ 'me/.traerc': 'at: me' });
    const { project } = await home.search({ from: 'me/project/a', homeDirectory });
    expect(project?.values).toEqual({ at: 'me' });
  });

  test('a home directory reached through a link is still the home directory', async () => {
    await using home = await homeWith({ '.git/HEAD': '', '.traerc': 'at: above', 'me/project/x': '' });
    await symlink('me', home.path('link'));
    expect(await home.search({ from: 'me/project', homeDirectory: home.path('link') })).toEqual({});
  });

  test('outside of the home directory git alone decides', async () => {
    await using home = await homeWith({ '.git/HEAD': '', '.traerc': 'at: root', 'me/x': '', 'work/x': '' });
    const { project } = await home.search({ from: 'work', homeDirectory: home.path('me') });
    expect(project?.values).toEqual({ at: 'root' });
  });
});

describe('a file that is there and cannot be read is never passed over', () => {
  test.each([
    ['.traerc', 'it is a directory'],
    ['trae_config.json', 'it is a directory'],
  ])('%s', async (name, reason) => {
    await using home = await homeWith({ [`project/${name}/x`]: '' });
    const { code, message } = await errorOf(home.search());
    expect([code, message]).toEqual(['config_invalid', `${home.path('project', name)} cannot be read: ${reason}.`]);
  });

  test('the person’s own', async () => {
    await using home = await homeWith({});
    await mkdir(home.path('.config/trae-cli/trae_config.json'), { recursive: true });
    const { message, hint } = await errorOf(home.search());
    expect(message).toContain('.config/trae-cli/trae_config.json cannot be read: it is a directory.');
    expect(hint).toBe('Mend it or remove it.');
  });
});

describe('one file is read once', () => {
  test('as the person’s own, where the workspace is its directory', async () => {
    await using home = await homeWith({ '.config/trae-cli/trae_config.json': '{"a": 1}' });
    const { project, user } = await home.search({ from: '.config/trae-cli' });
    expect([project, user?.file.scope]).toEqual([undefined, 'user']);
  });

  test('as the person’s own, where the project has a link to it', async () => {
    await using home = await homeWith({ '.config/trae-cli/trae_config.json': '{"a": 1}' });
    await symlink('../.config/trae-cli/trae_config.json', home.path('project/trae_config.json'));
    const { project, user } = await home.search();
    expect([project, user?.values]).toEqual([undefined, { a: 1 }]);
  });

  test('as the person’s own, where they name it', async () => {
    const path = '.config/trae-cli/trae_config.json';
    await using home = await homeWith({ [path]: '{"a": 1}', 'project/.traerc': 'a: 2' });
    const named = { path: home.path(path), origin: '--config-file', isTrusted: true } as const;
    const { project, user } = await home.search({ named });
    expect([project, user?.values]).toEqual([undefined, { a: 1 }]);
  });
});

describe('a named file', () => {
  test('stands in for whatever a search would find, beside the person’s own', async () => {
    await using home = await homeWith({
      'project/.traerc': 'a: 1',
      'elsewhere/mine.yaml': 'a: 2',
      '.config/trae-cli/trae_config.json': '{"a": 3}',
    });
    const named = { path: home.path('elsewhere/mine.yaml'), origin: '--config-file', isTrusted: true } as const;
    const { project, user } = await home.search({ named });
    expect(project?.file).toEqual({ path: named.path, scope: 'named', isTrusted: true });
    expect([project?.values, user?.values]).toEqual([{ a: 2 }, { a: 3 }]);
  });

  test('that is not trusted by its name is where its folder is', async () => {
    await using home = await homeWith({ 'project/mine.yaml': 'a: 2' });
    const named = { path: home.path('project/mine.yaml'), origin: 'TRAE_CONFIG_FILE', isTrusted: false } as const;
    const trusted = (directory: string): boolean => directory === home.path('project');
    expect((await home.search({ named })).project?.file.isTrusted).toBe(false);
    expect((await home.search({ named, isTrusted: trusted })).project?.file.isTrusted).toBe(true);
  });

  test.each(['--config-file', 'TRAE_CONFIG_FILE'] as const)('that is not there is told with %s', async (origin) => {
    await using home = await homeWith({});
    const named = { path: home.path('none.json'), origin, isTrusted: true };
    const { code, message } = await errorOf(home.search({ named }));
    expect(code).toBe('usage');
    expect(message).toBe(
      `The configuration file ${named.path}, given with ${origin}, cannot be read: there is no such file.`,
    );
  });

  test.each(['{"name": "x"}', '{"name": "trae"}', ''])('that is a package.json without our key: %s', async (text) => {
    await using home = await homeWith({ 'project/package.json': text });
    const named = { path: home.path('project/package.json'), origin: '--config-file', isTrusted: true } as const;
    const { code, message } = await errorOf(home.search({ named }));
    expect(code).toBe('usage');
    expect(message).toContain('package.json, given with --config-file, has no key "trae"');
  });
});

describe('a repository that somebody else has begun', () => {
  const files = { 'shared/.git/HEAD': '', 'shared/.traerc': 'a: 1', 'shared/sub/x': '' };
  const [me, stranger, superuser] = [1000, 2000, 0];

  test.each([
    ['is none in a directory that all may write to', { git: stranger, workspace: me }, undefined],
    ['is none for the superuser either', { git: stranger, workspace: superuser }, undefined],
    ['is one for those who work in its owner’s directories', { git: stranger, workspace: stranger }, { a: 1 }],
    ['is one where the superuser has begun it', { git: superuser, workspace: me }, { a: 1 }],
    ['is one where it is mine', { git: me, workspace: stranger }, { a: 1 }],
  ])('%s', async (_case, owners, values) => {
    await using home = await homeWith(files);
    const ownerOf = (path: string): Promise<number | undefined> => {
      const owner = {
        [home.path('shared/.git')]: owners.git,
        [home.path('shared/sub')]: owners.workspace,
        [home.root]: me,
      };
      return Promise.resolve(owner[path]);
    };
    const { project } = await home.search({ from: 'shared/sub', ownerOf });
    expect(project?.values).toEqual(values);
  });

  test('is looked for by who owns a link, and not what it leads to', async () => {
    await using home = await homeWith({ 'project/.git/HEAD': '', 'shared/.traerc': 'a: 1', 'shared/sub/x': '' });
    await symlink('../project/.git', home.path('shared/.git'));
    expect((await home.search({ from: 'shared/sub' })).project?.values).toEqual({ a: 1 });
    await symlink('nowhere', home.path('shared/sub/.git'));
    expect((await home.search({ from: 'shared/sub' })).project?.values).toEqual({ a: 1 });
  });
});
