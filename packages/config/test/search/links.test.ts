import { existsSync } from 'node:fs';
import { link, mkdir, symlink } from 'node:fs/promises';
import { runProcess } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { errorOf } from '../read/document.js';
import { homeWith, type Place } from './search.js';

const hasProc = existsSync('/proc/self/environ');

/** A git root in the home directory, and beside it what a cloned repository has no business with. */
const cloned = (): Promise<Place> =>
  homeWith({
    'project/.git/HEAD': '',
    'project/inside.json': '{"a": 1}',
    'project/sub/x': '',
    'private.json': '{"a": "hunter2"}',
    'private.env': 'SECRET=hunter2\n',
    'private-package.json': '{"trae": {"a": "hunter2"}}',
    'foreign-package.json': '{"name": "x"}',
    'elsewhere/trae_config.json': '{"a": "hunter2"}',
  });

/** Where the link leads that the search refuses to follow. */
async function refusedTarget(home: Place): Promise<string | undefined> {
  const { code, message, hint } = await errorOf(home.search());
  expect(code).toBe('untrusted');
  expect(`${message}${hint}`).not.toContain('hunter2');
  expect(hint).toContain(`trae-cli trust ${home.path('project')}`);
  return / is a symbolic link to (.*), outside of (.*), and is not read\.$/.exec(message)?.[1];
}

describe('a link that leaves the project is refused', () => {
  test.each([
    ['trae_config.json', '../private.json', 'private.json'],
    ['trae_config.yaml', '../private.env', 'private.env'],
    ['.traerc', '../private.env', 'private.env'],
    ['.env', '../private.env', 'private.env'],
    ['package.json', '../private-package.json', 'private-package.json'],
  ])('%s to %s', async (name, target, real) => {
    await using home = await cloned();
    await symlink(target, home.path('project', name));
    expect(await refusedTarget(home)).toBe(home.path(real));
  });

  test.each(['trae_config.json', '.env'])('%s, absolute', async (name) => {
    await using home = await cloned();
    await symlink(home.path('private.env'), home.path('project', name));
    expect(await refusedTarget(home)).toBe(home.path('private.env'));
  });

  test('through a link inside', async () => {
    await using home = await cloned();
    await symlink('sub/hop', home.path('project/.traerc'));
    await symlink('../../private.env', home.path('project/sub/hop'));
    expect(await refusedTarget(home)).toBe(home.path('private.env'));
  });

  test('through a link to a directory', async () => {
    await using home = await cloned();
    await symlink('../elsewhere', home.path('project/conf'));
    await symlink('conf/trae_config.json', home.path('project/trae_config.json'));
    expect(await refusedTarget(home)).toBe(home.path('elsewhere/trae_config.json'));
  });

  test('from a folder inside a project to the file of the project, which may hold its keys', async () => {
    await using home = await cloned();
    await symlink('../inside.json', home.path('project/sub/trae_config.json'));
    const { code, message } = await errorOf(home.search({ from: 'project/sub' }));
    expect([code, message]).toEqual([
      'untrusted',
      `${home.path('project/sub/trae_config.json')} is a symbolic link to ${home.path('project/inside.json')}, outside of ${home.path('project/sub')}, and is not read.`,
    ]);
  });

  test('to a directory whose name begins alike', async () => {
    await using home = await cloned();
    await home.write({ 'project-of-others/x.json': '{}' });
    await symlink('../project-of-others/x.json', home.path('project/trae_config.json'));
    expect(await refusedTarget(home)).toBe(home.path('project-of-others/x.json'));
  });

  test('from a workspace without a git root, though only to its parent', async () => {
    await using home = await homeWith({ 'project/x': '', 'private.json': '{"a": "hunter2"}' });
    await symlink('../private.json', home.path('project/trae_config.json'));
    expect(await refusedTarget(home)).toBe(home.path('private.json'));
  });

  test.skipIf(!hasProc).each(['trae_config.yaml', '.traerc', '.env'])(
    '%s to the environment of this process',
    async (name) => {
      await using home = await cloned();
      await symlink('/proc/self/environ', home.path('project', name));
      const { code, message } = await errorOf(home.search());
      expect(code).toBe('untrusted');
      expect(message).toContain(` is a symbolic link to /proc/${process.pid}/environ, outside of`);
    },
  );

  test.skipIf(!hasProc)('package.json to the environment of this process is no package.json', async () => {
    await using home = await cloned();
    await symlink('/proc/self/environ', home.path('project/package.json'));
    expect(await home.search()).toEqual({});
  });

  test('a folder with an odd name is quoted for the shell', async () => {
    await using home = await homeWith({ "it's $(me)/.git/HEAD": '', private: '{}' });
    await symlink('../private', home.path("it's $(me)/.traerc"));
    const { hint } = await errorOf(home.search({ from: "it's $(me)" }));
    expect(hint).toContain(String.raw`trae-cli trust '${home.root}/it'\''s $(me)'`);
  });
});

describe('a link is fine', () => {
  test('inside its own folder', async () => {
    await using home = await cloned();
    await symlink('sub/inside.json', home.path('project/trae_config.json'));
    await home.write({ 'project/sub/inside.json': '{"a": 1}' });
    const { project } = await home.search({ from: 'project/sub' });
    expect(project?.file.path).toBe(home.path('project/trae_config.json'));
    expect(project?.values).toEqual({ a: 1 });
  });

  test('in a folder that is trusted, which is asked for by its real path', async () => {
    await using home = await cloned();
    await symlink('../private.json', home.path('project/trae_config.json'));
    await symlink('../private.env', home.path('project/.env'));
    const asked: string[] = [];
    const isTrusted = (directory: string): boolean => {
      asked.push(directory);
      return directory === home.path('project');
    };
    const { project, dotenv } = await home.search({ isTrusted });
    expect(project?.file.isTrusted).toBe(true);
    expect(dotenv?.variables.get('SECRET')).toEqual({ value: 'hunter2', line: 1 });
    expect(new Set(asked)).toEqual(new Set([home.path('project')]));
  });

  test('but not because its target lies in one that is trusted, nor because the one above is', async () => {
    await using home = await cloned();
    await symlink('../elsewhere/trae_config.json', home.path('project/trae_config.json'));
    const others = [home.path('elsewhere'), home.root, home.path('project/sub')];
    const { code } = await errorOf(home.search({ isTrusted: (directory) => others.includes(directory) }));
    expect(code).toBe('untrusted');
  });

  test('for the person’s own file', async () => {
    await using home = await homeWith({ 'dotfiles/trae.json': '{"a": 1}' });
    await mkdir(home.path('.config/trae-cli'), { recursive: true });
    await symlink('../../dotfiles/trae.json', home.path('.config/trae-cli/trae_config.json'));
    expect((await home.search()).user?.values).toEqual({ a: 1 });
  });

  test('for a package.json that says nothing to us', async () => {
    await using home = await cloned();
    await symlink('../foreign-package.json', home.path('project/package.json'));
    expect(await home.search()).toEqual({});
  });

  test('for a file that the person named', async () => {
    await using home = await cloned();
    await symlink('../private.json', home.path('project/mine.json'));
    const named = { path: home.path('project/mine.json'), origin: '--config-file', isTrusted: true } as const;
    expect((await home.search({ named })).project?.values).toEqual({ a: 'hunter2' });
  });

  test('a hard link is a file like any other', async () => {
    await using home = await cloned();
    await link(home.path('project/inside.json'), home.path('project/trae_config.json'));
    expect((await home.search()).project?.values).toEqual({ a: 1 });
  });
});

test('a .env beside a named file may not be a link that leaves, though the file may', async () => {
  await using home = await cloned();
  await symlink('../private.env', home.path('project/.env'));
  await symlink('../private.json', home.path('project/mine.json'));
  const named = { path: home.path('project/mine.json'), origin: '--config-file', isTrusted: true } as const;
  const { code, message } = await errorOf(home.search({ named }));
  expect([code, message]).toEqual(['untrusted', expect.stringContaining('/project/.env is a symbolic link to')]);
});

describe('a link to the .env of the whole project', () => {
  const isTrusted = (directory: string): boolean => directory.endsWith('/sub');
  const linked = async (): Promise<Place> => {
    const home = await cloned();
    await home.write({ 'project/.env': 'SECRET=hunter2\n', 'project/sub/trae_config.json': '{"a": 1}' });
    await symlink('../.env', home.path('project/sub/.env'));
    return home;
  };

  test('is left out and told where the folder is not trusted: an archive unpacked there would read it', async () => {
    await using home = await linked();
    const { dotenv, findings = [], project } = await home.search({ from: 'project/sub' });
    expect([dotenv, project?.values]).toEqual([undefined, { a: 1 }]);
    expect(findings.map(({ kind, message }) => [kind, message])).toEqual([
      ['untrusted', expect.stringContaining(`${home.path('project/sub/.env')} is a symbolic link out of its folder`)],
    ]);
  });

  test('is followed where it is', async () => {
    await using home = await linked();
    const { dotenv, findings } = await home.search({ from: 'project/sub', isTrusted });
    expect([dotenv?.variables.get('SECRET')?.value, findings]).toEqual(['hunter2', undefined]);
  });
});

test('a .env beside a named file is read where a link leads to their directory', async () => {
  await using home = await cloned();
  await home.write({ 'elsewhere/.env': 'A=1\n' });
  await symlink('elsewhere', home.path('dotfiles'));
  const named = { path: home.path('dotfiles/trae_config.json'), origin: 'TRAE_CONFIG_FILE', isTrusted: true } as const;
  expect((await home.search({ named })).dotenv?.variables.get('A')?.value).toBe('1');
});

describe('a file that a relative TRAE_CONFIG_FILE names in every folder', () => {
  test.each([
    ['in the project', 'project/mine.json', '../private.json'],
    ['behind a link in the project', 'project/conf/trae_config.json', undefined],
    ['outside of it', 'other/mine.json', '../private.json'],
  ])('may not be a link that leaves: %s', async (_where, name, target) => {
    await using home = await cloned();
    await mkdir(home.path('other'));
    await symlink('../elsewhere', home.path('project/conf'));
    if (target !== undefined) await symlink(target, home.path(name));
    const named = { path: home.path(name), origin: 'TRAE_CONFIG_FILE', isTrusted: false } as const;
    const { code, message } = await errorOf(home.search({ named }));
    expect([code, message]).toEqual(['untrusted', expect.not.stringContaining('hunter2')]);
  });
});

test('a pipe in place of the configuration or the .env is not waited for', async () => {
  for (const name of ['trae_config.json', '.env']) {
    await using home = await cloned();
    await runProcess('mkfifo', [home.path('project', name)]);
    expect((await errorOf(home.search())).message).toContain(`${name} cannot be read: it is a pipe`);
  }
});
