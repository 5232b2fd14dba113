import { readFile } from 'node:fs/promises';
import { catalog } from '@trae-cli/providers';
import { expect, test } from 'vitest';
import { packagesFolder, sourceFiles } from './source-files.js';

const sources = [...(await sourceFiles('src')), ...(await sourceFiles('test'))];

type Line = { readonly place: string; readonly text: string };

/** The lines of the files that are meant, without what stands in comments. */
async function codeOf(isMeant: (file: string) => boolean): Promise<readonly Line[]> {
  const files = await Promise.all(
    sources.filter(isMeant).map(async (file) => {
      const text = await readFile(`${packagesFolder}${file}`, 'utf8');
      const code = text.replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''));
      return code.split('\n').map((line, index) => ({
        place: `${file}:${index + 1}`,
        text: line.replace(/(?<!:)\/\/.*/, ''),
      }));
    }),
  );
  return files.flat();
}

const placesOf = (lines: readonly Line[], pattern: RegExp): readonly string[] =>
  lines.filter(({ text }) => pattern.test(text)).map(({ place }) => place);

const isSource = (file: string): boolean => /^[^/]+\/src\//.test(file);

test('no vendor is told by its name outside the catalog: a difference is a field of its entry', async () => {
  const lines = await codeOf((file) => isSource(file) && !file.startsWith('providers/src/catalog/'));
  expect(lines.length).toBeGreaterThan(1000);
  const names = catalog.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
  const name = `['"](?:${[...names, 'anthropic', 'ollama'].join('|')})['"]`;
  const telling = `[!=]==? ${name}|${name} [!=]==|\\bcase ${name}|\\b(?:includes|startsWith|endsWith)\\(${name}`;
  expect(placesOf(lines, new RegExp(telling))).toEqual([]);
});

test('nothing is called get, and no file is a drawer for odds and ends', async () => {
  const lines = await codeOf(isSource);
  expect(placesOf(lines, /(?:function|const|async|static) get[A-Z]\w*\b|^ {2}#?get[A-Z]\w*\(/)).toEqual([]);
  const drawers = /\b(?:utils?|helpers?|common|types|managers?|misc|shared|base)\b(?!-)(?=[^/]*\.tsx?$|\/)/;
  expect(sources.filter((file) => drawers.test(file))).toEqual([]);
});

test('whoever silences a rule says why on the same line', async () => {
  for (const file of sources) {
    const text = await readFile(`${packagesFolder}${file}`, 'utf8');
    const silent = text.match(/(?:(?:oxlint|eslint)-disable|@ts-(?:ignore|expect-error|nocheck))(?!.* -- \S).*/g);
    expect(silent, file).toBeNull();
  }
});
