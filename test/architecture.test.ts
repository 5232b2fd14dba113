import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { packagesFolder, sourceFiles } from './source-files.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const manifestSchema = z.looseObject({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

type Edges = ReadonlyMap<string, readonly string[]>;

const short = (name: string): string => name.replace('@trae-cli/', '');

/** Package → what it imports from the workspace, as `docs/architecture.md` says. */
async function agreedEdges(): Promise<Edges> {
  const page = await readFile(`${root}docs/architecture.md`, 'utf8');
  const rows = page.matchAll(/^\| `([^`]+)` \| `packages\/[^`]+` \| [^|]+ \| ([^|]+) \|$/gm);
  return new Map(
    [...rows].map(([, name = '', imports = '']) => [
      short(name),
      imports.trim() === '–' ? [] : imports.trim().split(', ').toSorted(),
    ]),
  );
}

/** The same from every `package.json`. The command line bundles its packages, so there they are development dependencies. */
async function declaredEdges(): Promise<Edges> {
  const folders = await readdir(`${root}packages`);
  const manifests = await Promise.all(
    folders.map(async (folder) =>
      manifestSchema.parse(JSON.parse(await readFile(`${root}packages/${folder}/package.json`, 'utf8'))),
    ),
  );
  return new Map(
    manifests.map(({ name, dependencies, devDependencies }) => {
      const all = name === 'trae-cli' ? { ...dependencies, ...devDependencies } : dependencies;
      const inside = Object.keys(all).filter((key) => key.startsWith('@trae-cli/') && key !== '@trae-cli/testkit');
      return [short(name), inside.map(short).toSorted()];
    }),
  );
}

test('the packages lean on each other as docs/architecture.md says, and in no other way', async () => {
  expect(Object.fromEntries(await declaredEdges())).toEqual(Object.fromEntries(await agreedEdges()));
});

test('a package without an edge to another is not reached by a relative path either', async () => {
  const sources = await sourceFiles('src');
  expect(sources.length).toBeGreaterThan(20);
  for (const file of sources) {
    const text = await readFile(`${packagesFolder}${file}`, 'utf8');
    const up = '../'.repeat(file.split('/').length - 2);
    expect(text.includes(`'${up}../`), `${file} reaches out of its package`).toBe(false);
  }
});

/** The packages named by the imports of some files, without what Node brings along. */
async function importedBy(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const texts = await Promise.all(
    files.filter((file) => /\.tsx?$/.test(file)).map((file) => readFile(`${folder}/${file}`, 'utf8')),
  );
  const named = texts.flatMap((text) => [...text.matchAll(/(?:\bfrom |\bimport\(|^import )'([^.'][^']*)'/gm)]);
  const packages = named.map(([, name = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return [...new Set(packages)].filter((name) => !name.startsWith('node:') && name !== 'vitest').toSorted();
}

// The root has some packages as dependencies for the examples, and whoever looks upwards finds them there.
test('a package imports only what its own package.json declares', async () => {
  for (const folder of await readdir(`${root}packages`)) {
    const path = `${root}packages/${folder}`;
    const { name, dependencies, devDependencies } = manifestSchema.parse(
      JSON.parse(await readFile(`${path}/package.json`, 'utf8')),
    );
    const all = Object.keys({ ...dependencies, ...devDependencies, [name]: '' });
    const used = await importedBy(`${path}/src`);
    expect(used.length, `${folder} imports nothing`).toBeGreaterThan(0);
    const allowed = name === 'trae-cli' || name === '@trae-cli/testkit' ? all : Object.keys(dependencies);
    expect(
      used.filter((other) => !allowed.includes(other)),
      `${folder}/src`,
    ).toEqual([]);
    const inTests = await importedBy(`${path}/test`);
    expect(
      inTests.filter((other) => !all.includes(other)),
      `${folder}/test`,
    ).toEqual([]);
  }
});
