import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { plainStyle, showTrajectory, toTraeDocument, traeDocumentText } from '../../src/index.js';
import { recordedRuns } from '../document/recorded-runs.js';
import { collect, recordsOf } from '../journal-file.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

const shown = async (path: string): Promise<string> => (await collect(showTrajectory(path, plainStyle))).join('');

const originals = (await readdir(fixture('original'))).filter((name) => name.endsWith('.json'));

/** What is shown of a file with this content. */
async function shownOf(content: string): Promise<string> {
  await using folder = await tempWorkspace({ 'run.json': content });
  return await shown(folder.path('run.json'));
}

test.each(originals)("the original's %s, as a person reads it", async (name) => {
  const text = await shown(fixture(`original/${name}`));
  await expect(text).toMatchFileSnapshot(fixture(`original/${name.replace(/json$/, 'txt')}`));
});

test('both generations, of runs that succeeded, failed and were killed, are among them', () => {
  expect(originals).toEqual([
    'new-failure.json',
    'new-killed.json',
    'new-success.json',
    'old-failure.json',
    'old-success.json',
  ]);
});

describe("this program's own document shows what its journal shows, of", () => {
  test.each(Object.entries(recordedRuns).filter(([name]) => name !== 'empty'))('%s', async (name, events) => {
    const text = await shownOf([...traeDocumentText(await toTraeDocument(recordsOf(events)))].join(''));
    await expect(text).toMatchFileSnapshot(fixture(`${name}.document.txt`));
  });
});

const success = await readFile(fixture('original/new-success.json'), 'utf8');
const document = JSON.parse(success) as Record<string, unknown>;
const expected = await shown(fixture('original/new-success.json'));

test('a file cut off at any byte is shown as far as it goes, and the place is named', async () => {
  await using folder = await tempWorkspace();
  for (let length = 120; length < success.length; length += 29) {
    await folder.write({ 'run.json': success.slice(0, length) });
    const text = await shown(folder.path('run.json'));
    expect(text).toMatch(/^Prices are rounded down/);
    expect(text).not.toMatch(/^(?:Not completed|Ended)|not answered/m);
    expect(text).toMatch(/ends in the middle of the document \(line \d+, column \d+\); what followed is lost\.\n$/);
  }
});

test('steps that a cut took away are put together from the exchanges with the model', async () => {
  const text = await shownOf(success.slice(0, success.indexOf('"agent_steps"')));
  for (const words of ['Step 5', 'grep -rn', 'No replacement was performed', '3 passed', 'Your Patch is empty'])
    expect(text).toContain(words);
});

test.each([
  ['a byte order mark', `\uFEFF${success}`],
  ['empty lines before it', `\n\n${success}`],
  ['Windows line ends', success.replaceAll('\n', '\r\n')],
  ['everything on one line', JSON.stringify(document)],
  ['fields nobody knows', JSON.stringify({ agent: 'x', ...document, reasoning: [1] })],
  ['a number that only Python writes', success.replace('"success": true', '"score": NaN,\n  "success": true')],
])('a document with %s is shown as it is', async (_name, content) => {
  expect(await shownOf(content)).toBe(expected);
});

test('what a document does not say is not made up', async () => {
  const text = await shownOf('{"agent_steps":[{"llm_response":{"content":"Hm."}},{"tool_results":[{}]}]}');
  expect(text).toBe(
    'The task is not recorded.\n\nStep 1\n  Hm.\n  tokens not reported\n\nStep 2\n  a tool without a name\n  answered\n' +
      '\nThe record of this run ends here: it was cut off.\n',
  );
});

test('a step that failed without a word is shown as failed', async () => {
  expect(await shownOf('{"agent_steps":[{"state":"error","error":""}]}')).toContain('Error: not recorded');
});

test('results find their calls by id, and by order where there is none', async () => {
  const call = (name: string, id?: string) => ({ name, call_id: id, arguments: {} });
  const steps = [
    {
      tool_calls: [call('first', 'a'), call('second', 'b'), call('third')],
      tool_results: [
        { call_id: 'b', success: true, result: 'of b' },
        { call_id: 'a', success: false, result: 'out', error: 'err' },
        { success: true, result: 'of the third' },
      ],
    },
  ];
  expect(await shownOf(JSON.stringify({ agent_steps: steps }))).toContain(
    '  first\n  failed\n    out\n    err\n  second\n  ok\n    of b\n  third\n  ok\n    of the third\n',
  );
});
