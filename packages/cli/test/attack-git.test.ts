import { modelServer } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { at, done, edit, person, type Person } from './cli.js';

/** What the repository would run; it leaves a mark. */
const trap = (me: Person): string => `sh -c 'touch ${me.workspace.path('sprung')}; cat'`;

async function sprung(me: Person): Promise<boolean> {
  return me.workspace.read('sprung').then(
    () => true,
    () => false,
  );
}

async function run(me: Person, directory: string, flags: readonly string[]) {
  await using server = await modelServer([
    { calls: [edit({ command: 'create', path: 'new.txt', file_text: 'new\n' })] },
    done('ok'),
  ]);
  return await me.run(['run', 'x', '-w', directory, ...flags, ...at(server)]);
}

/** With a snapshot before and after the run, or with nothing but the look at the state. */
const ways: readonly (readonly [string, readonly string[]])[] = [
  ['the state is looked at', []],
  ['a patch is made', ['--patch-path', 'out.patch']],
];

describe('no program that a repository names is started when', () => {
  test.each(ways)('%s: a bare repository that was committed as a folder', async (_name, flags) => {
    await using me = await person({ 'docs/readme.md': 'x\n' });
    await me.workspace.git('init', '--quiet', '--bare', 'docs/inner');
    await me.workspace.git('--git-dir=docs/inner', 'config', 'core.bare', 'false');
    await me.workspace.git('--git-dir=docs/inner', 'config', 'core.worktree', me.workspace.path('docs'));
    await me.workspace.git('--git-dir=docs/inner', 'config', 'core.fsmonitor', trap(me));
    await me.workspace.git('--git-dir=docs/inner', 'config', 'filter.trap.clean', trap(me));
    await me.workspace.write({ 'docs/inner/info/attributes': '* filter=trap\n' });
    await run(me, me.workspace.path('docs', 'inner'), flags);
    expect(await sprung(me)).toBe(false);
  });

  test.each(ways)('%s: filters, hooks and comparisons in the settings of an archive', async (_name, flags) => {
    await using me = await person({ 'a.txt': 'a\n', '.gitattributes': '* filter=trap diff=trap\n' }, { git: true });
    for (const key of ['clean', 'smudge', 'process']) await me.workspace.git('config', `filter.trap.${key}`, trap(me));
    for (const key of ['textconv', 'command']) await me.workspace.git('config', `diff.trap.${key}`, trap(me));
    await me.workspace.git('config', 'core.fsmonitor', trap(me));
    await me.workspace.write({
      '.git/hooks/post-index-change': `#!/bin/sh\n${trap(me)} </dev/null\n`,
      'a.txt': 'changed before\n',
    });
    await me.shell(`chmod +x .git/hooks/post-index-change`);
    const { exitCode } = await run(me, me.workspace.root, flags);
    expect(exitCode).toBe(0);
    expect(await sprung(me)).toBe(false);
  });
});

test('filters that the person has set up are still theirs', async () => {
  await using me = await person({ '.gitattributes': '*.up filter=upper\n', 'a.up': 'a\n' }, { git: true });
  await me.home.write({ '.gitconfig': '[filter "upper"]\n\tclean = tr a-z A-Z\n\tsmudge = cat\n' });
  await using server = await modelServer([
    { calls: [edit({ command: 'create', path: 'b.up', file_text: 'words\n' })] },
    done('ok'),
  ]);
  await me.run(['run', 'x', '--patch-path', 'out.patch', ...at(server)]);
  expect(await me.workspace.read('out.patch')).toContain('+WORDS');
});

test('a pipe that stands where a manifest should does not keep a run waiting', async () => {
  await using me = await person();
  await me.shell('mkfifo Makefile package.json Cargo.toml AGENTS.md');
  const { exitCode } = await run(me, me.workspace.root, []);
  expect(exitCode).toBe(0);
});
