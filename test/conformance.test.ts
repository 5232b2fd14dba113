import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { caseRanges } from '../scripts/pages/conformance.js';
import { packagesFolder, sourceFiles } from './source-files.js';

const lastCase = 137;
const numbers = Array.from({ length: lastCase }, (_, index) => index + 1);

async function testedCases(): Promise<ReadonlySet<number>> {
  const files = (await sourceFiles('test')).filter((file) => file.endsWith('.test.ts'));
  const texts = await Promise.all(files.map((file) => readFile(`${packagesFolder}${file}`, 'utf8')));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\bcase (\d+)[a-z]?:/g)].map(([, number]) => Number(number))),
  );
}

test('every conformance case has a test that is named by its number', async () => {
  const tested = await testedCases();
  expect(numbers.filter((number) => !tested.has(number))).toEqual([]);
});

test('every conformance case stands once in the table of the documentation', () => {
  const told = caseRanges.flatMap(({ first, last }) => numbers.filter((number) => number >= first && number <= last));
  expect(told).toEqual(numbers);
});
