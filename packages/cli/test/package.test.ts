import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProcess, tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { version } from '../src/version.js';

const folder = fileURLToPath(new URL('..', import.meta.url));

test('the version printed is the one in every package.json', async () => {
  const names = await readdir(`${folder}..`);
  expect(names.length).toBeGreaterThan(7);
  for (const name of names) {
    const manifest = JSON.parse(await readFile(`${folder}../${name}/package.json`, 'utf8')) as { version: string };
    expect(manifest.version, name).toBe(version);
  }
});

test('the packed command line installs into an empty folder and runs there', { timeout: 120_000 }, async () => {
  await using target = await tempWorkspace({ 'package.json': '{"private":true}' });
  const packed = await runProcess('npm', ['pack', '--pack-destination', target.root], { cwd: folder });
  expect(packed.exitCode).toBe(0);
  const tarball = packed.stdout.trim().split('\n').at(-1) ?? '';
  const installed = await runProcess('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], {
    cwd: target.root,
  });
  expect(installed).toMatchObject({ exitCode: 0 });
  const ran = await runProcess(target.path('node_modules/.bin/trae-cli'), ['--version']);
  expect(ran.stdout).toBe(`${version}\n`);
  const listed = await runProcess(target.path('node_modules/.bin/trae-cli'), ['tools'], { cwd: target.root });
  expect(listed.stdout).toContain('str_replace_based_edit_tool');
  expect(await readFile(target.path('node_modules/trae-cli/bundle/THIRD_PARTY_NOTICES.txt'), 'utf8')).toContain(
    'openai',
  );
  for (const page of ['README.md', 'docs/configuration.md', 'docs/providers.md'])
    expect(await readFile(target.path('node_modules/trae-cli', page), 'utf8'), page).toMatch(/^# /);
});
