import { access, readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { durability, errorTable } from '@trae-cli/protocol';
import { errorKinds } from '@trae-cli/providers';
import { runProcess } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sourceFiles } from './source-files.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): Promise<string> => readFile(`${root}${path}`, 'utf8');

async function pages(): Promise<readonly string[]> {
  const docs = (await readdir(`${root}docs`)).filter((name) => name.endsWith('.md'));
  return ['README.md', 'AGENTS.md', ...docs.map((name) => `docs/${name}`)];
}

test('the generated pages are what the program says', async () => {
  const { exitCode, stderr } = await runProcess(process.execPath, [`${root}scripts/docs.mjs`, '--check']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('the help that needs no loading is the help the program prints', async () => {
  const { stdout } = await runProcess(process.execPath, [`${root}packages/cli/bundle/bin.js`, '--help']);
  expect(await read('packages/cli/bundle/help.txt')).toBe(stdout);
});

test('docs/errors.md has every error code with its exit and HTTP status, and no other', async () => {
  const rows = [...(await read('docs/errors.md')).matchAll(/^\| `([a-z_]+)` \| (\d+) \| (\d+) \| (yes|no) \|/gm)];
  const written = Object.fromEntries(
    rows.map(([, code = '', exit, http, retry]) => [
      code,
      { exit: Number(exit), http: Number(http), retry: retry === 'yes' },
    ]),
  );
  expect(written).toEqual(errorTable);
});

test('docs/errors.md maps every kind of provider error to its code', async () => {
  const rows = [...(await read('docs/errors.md')).matchAll(/^\| ([a-z_]+) \| `([a-z_]+)` \| (yes|no) \| (.+) \|$/gm)];
  const written = Object.fromEntries(
    rows.map(([, kind = '', code, retry, means]) => [kind, { code, retry: retry === 'yes', means }]),
  );
  expect(written).toEqual(errorKinds);
});

test('docs/trajectories.md shows every durable event', async () => {
  const page = await read('docs/trajectories.md');
  const durable = Object.entries(durability).flatMap(([type, kind]) => (kind === 'durable' ? [type] : []));
  expect(durable.filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
});

test('every path and link that a page names exists', async () => {
  for (const page of await pages()) {
    const text = (await read(page)).replaceAll(/^```[^]*?^```/gm, '');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
      ([, path = '']) => new URL(path, `file://${root}${page}`),
    );
    const paths = [...text.matchAll(/`((?:packages|docs|examples|scripts|bench|test|\.ci)\/[^`\s…*]+)`/g)].map(
      ([, path = '']) => new URL(path, `file://${root}`),
    );
    for (const url of [...links, ...paths])
      await expect(access(url), `${page}: ${url.pathname}`).resolves.toBeUndefined();
  }
});

test('every source file that docs/architecture.md goes through exists', async () => {
  const sources = (await sourceFiles('src')).flatMap((path) => [`/packages/${path}`, `/${path.replace('/src/', '/')}`]);
  const named = (await read('docs/architecture.md')).match(/(?<![\w/.-])[\w-]+(?:\/[\w-]+)*\.ts\b/g) ?? [];
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !sources.some((path) => path.endsWith(`/${name}`)))).toEqual([]);
});

test('every npm script that a page names exists', async () => {
  const { scripts } = z
    .looseObject({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await read('package.json')));
  for (const page of await pages()) {
    const named = [...(await read(page)).matchAll(/npm run ([a-z-]+)/g)].map(([, name = '']) => name);
    expect(
      named.filter((name) => !(name in scripts)),
      page,
    ).toEqual([]);
  }
});

test('AGENTS.md stays short enough to be read', async () => {
  expect((await read('AGENTS.md')).split('\n').length).toBeLessThanOrEqual(120);
});
