import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { runAlone } from '../as-user.js';

/** The parsers that are loaded after a search, by the names of their packages. */
async function loadedFor(files: Readonly<Record<string, string>>): Promise<string> {
  await using home = await tempWorkspace({ 'project/x': '', ...files });
  const { stdout, stderr } = await runAlone(`
    import { createRequire } from 'node:module';
    const { findConfiguration } = await import(src('search/find-files.ts'));
    const home = ${JSON.stringify(home.root)};
    await findConfiguration({
      workspace: home + '/project', homeDirectory: home, userDirectory: home + '/.config', isTrusted: () => false,
    });
    const loaded = Object.keys(createRequire(src('index.ts')).cache);
    console.log(['yaml', 'jsonc-parser'].filter((name) => loaded.some((path) => path.includes('/node_modules/' + name + '/'))).join());
  `);
  expect(stderr).toBe('');
  return stdout.trim();
}

test.each([
  ['nothing', {}, ''],
  ['a package.json of somebody else', { 'project/package.json': '{"name": "x"}' }, ''],
  ['a .env', { 'project/.env': 'A=1' }, ''],
  ['JSON', { 'project/trae_config.json': '{}' }, 'jsonc-parser'],
  ['YAML', { 'project/trae_config.yaml': 'a: 1' }, 'yaml'],
  ['both', { 'project/.traerc': 'a: 1', '.config/trae_config.json': '{}' }, 'yaml,jsonc-parser'],
])('a parser is loaded only for a file of its format: %s', async (_what, files, expected) => {
  expect(await loadedFor(files)).toBe(expected);
});

test('a configuration that is code is not run, wherever a search would look for one', async () => {
  const code = `require('node:fs').writeFileSync(${JSON.stringify('ran')}, '')`;
  const names = [
    '.config/config.js',
    '.config/config.cjs',
    'trae_config.js',
    '.traerc.js',
    '.traerc.cjs',
    'trae.config.js',
  ];
  await using home = await tempWorkspace(Object.fromEntries(names.map((name) => [`project/${name}`, code])));
  await home.write({ 'project/package.json': '{"cosmiconfig": {"searchPlaces": ["trae_config.js"]}}' });
  const { stdout, exitCode } = await runAlone(
    `
    const { findConfiguration } = await import(src('search/find-files.ts'));
    const home = ${JSON.stringify(home.root)};
    const found = await findConfiguration({
      workspace: home + '/project', homeDirectory: home, userDirectory: home + '/.config', isTrusted: () => true,
    });
    console.log(JSON.stringify(found), (await import('node:fs')).existsSync('ran'));
  `,
    home.path('project'),
  );
  expect([exitCode, stdout]).toEqual([0, '{} false\n']);
});
