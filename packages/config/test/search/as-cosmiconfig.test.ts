import { dirname, join } from 'node:path';
import { Random } from '@trae-cli/testkit';
import { cosmiconfig, defaultLoaders } from 'cosmiconfig';
import { describe, expect, test } from 'vitest';
import { packageFileName, projectFileNames } from '../../src/search/search-places.js';
import { homeWith, type Place } from './search.js';

const names = [...projectFileNames, packageFileName, packageFileName];
const folders = ['', 'a', 'a/b', 'a/b/c', 'a/d', 'e'];

/** A file of one of the formats, marked with where it is; a package.json that has our key, or has not. */
function content(name: string, random: Random): string {
  const values = { at: random.below(1_000_000) };
  if (name === packageFileName) return JSON.stringify(random.below(2) === 0 ? { name: 'trae' } : { trae: values });
  if (random.below(8) === 0) return '';
  return name.endsWith('.json') || random.below(2) === 0 ? JSON.stringify(values, null, 2) : `# c\nat: ${values.at}\n`;
}

/** Files in the folders of a project: mostly one each, sometimes two. */
function randomTree(random: Random): Readonly<Record<string, string>> {
  const files: Record<string, string> = { 'project/.git/HEAD': '', 'project/a/b/c/x': '' };
  for (const folder of folders) {
    for (let count = random.pick([0, 0, 1, 1, 1, 2]); count > 0; count -= 1) {
      const name = random.pick(names);
      files[join('project', folder, name)] = content(name, random);
    }
    if (random.below(3) === 0) files[join('project', folder, '.config/trae_config.json')] = '{"at": "nowhere"}';
  }
  return files;
}

type Found = { readonly path: string; readonly values: unknown } | undefined;

async function theirs(home: Place, from: string): Promise<Found> {
  const explorer = cosmiconfig('trae-cli-test', {
    packageProp: 'trae',
    searchPlaces: [...projectFileNames, packageFileName],
    stopDir: home.path('project'),
    ignoreEmptySearchPlaces: false,
    loaders: { '.json': defaultLoaders['.json'], '.yaml': defaultLoaders['.yaml'], noExt: defaultLoaders.noExt },
  });
  const found = await explorer.search(home.path(from));
  // Where it finds nothing in the project, it goes on in the directory of whoever runs the tests.
  if (found === null || !found.filepath.startsWith(home.root)) return undefined;
  const values: unknown = found.config;
  return { path: found.filepath, values: values ?? {} };
}

/** What is found, or the directory where two are. */
async function ours(home: Place, from: string): Promise<Found | string> {
  try {
    const { project } = await home.search({ from });
    return project && { path: project.file.path, values: project.values };
  } catch (error) {
    const twice = /^There are two configurations in ([^:]+): /.exec(String(error instanceof Error && error.message));
    if (twice?.[1] === undefined) throw error;
    return twice[1];
  }
}

describe('a project’s file is found where cosmiconfig finds it, and says the same', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('in random tree %i', async (seed) => {
    const random = new Random(seed);
    await using home = await homeWith(randomTree(random));
    for (const from of ['project', 'project/a', 'project/a/b/c']) {
      const [mine, other] = [await ours(home, from), await theirs(home, from)];
      // Of two in one directory it takes the first, and we take neither.
      expect(mine).toEqual(typeof mine === 'string' ? dirname(other?.path ?? '') : other);
    }
  });
});
