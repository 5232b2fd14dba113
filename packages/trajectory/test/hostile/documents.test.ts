import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type AgentEvent, isJsonObject, type JsonValue, TraeError, userMessage } from '@trae-cli/protocol';
import { Random, tempWorkspace } from '@trae-cli/testkit';
import { describe, expect, test } from 'vitest';
import { plainStyle, showTrajectory, toTraeDocument, traeDocumentText } from '../../src/index.js';
import { recordedRuns } from '../document/recorded-runs.js';
import { collect, recordsOf, replaceText } from '../journal-file.js';
import { messageAdded, runStarted } from '../sample-run.js';
import { oddText } from './mutated-journal.js';

const shown = async (path: string): Promise<string> => (await collect(showTrajectory(path, plainStyle))).join('');

/** What is shown of a file with this content, or what the refusal says. */
async function seen(content: string): Promise<string> {
  await using folder = await tempWorkspace({ 'run.json': content });
  try {
    return await shown(folder.path('run.json'));
  } catch (error) {
    if (!(error instanceof TraeError) || error.code !== 'usage') throw error;
    return error.message.replaceAll(folder.root, '');
  }
}

// oxlint-disable-next-line no-control-regex -- what a terminal would obey
const commands = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/;

const documents = await Promise.all(
  Object.values(recordedRuns).map(async (events) =>
    JSON.parse(JSON.stringify(await toTraeDocument(recordsOf(events)))),
  ),
);

test.each([1, 2, 3])('a document that was tampered with is shown, or refused in words: seed %d', async (seed) => {
  const random = new Random(seed);
  for (let round = 0; round < 150; round += 1) {
    const text = oddText(random.pick(documents) as JsonValue, random);
    expect(await seen(random.chance(1 / 4) ? text.slice(0, random.below(text.length)) : text)).not.toMatch(commands);
    expect('polluted' in {}).toBe(false);
  }
});

test.each([
  ['other JSON', '{"important":true}\n', /run\.json is not a trajectory: it is neither a journal nor/],
  ['another program', '{{ template }}\n', /is not a trajectory/],
  ['prose', 'Dear diary.\n', /is not a trajectory/],
  ['other JSON Lines', '{"type":"log"}\n{"type":"log"}\n', /is not a trajectory/],
  ['a list', '[{"agent_steps":[]}]', /is not a trajectory/],
  ['the beginning of something', '{ "x', /is not a trajectory/],
  [
    'a document somebody edited',
    '{\n  "agent_steps": [\n    {"step_number": 1,}\n  ]\n}',
    /run\.json, line 3, column 23: the document is damaged here \(a name in quotes was expected\)/,
  ],
  ['a deep one', `{"agent_steps":${'['.repeat(9_000)}${']'.repeat(9_000)}}`, /nested more than 200 levels deep/],
])('%s is refused with what is wrong: %#', async (_name, content, words) => {
  expect(await seen(content)).toMatch(words);
});

test('many results for one call, and many steps without an exchange, take no longer than they are long', async () => {
  const results = Array.from({ length: 50_000 }, () => ({ call_id: 'a', success: true, result: 'x' }));
  const steps = Array.from({ length: 50_000 }, () => ({ llm_response: { content: 'a' } }));
  const exchanges = Array.from({ length: 50_000 }, () => ({ response: { content: 'b' } }));
  const text = JSON.stringify({ llm_interactions: exchanges, agent_steps: [{ tool_results: results }, ...steps] });
  expect(isJsonObject(JSON.parse(text) as JsonValue)).toBe(true);
  expect((await seen(text)).split('\n').length).toBeGreaterThan(400_000);
});

test.skipIf(process.platform === 'win32')('a document in a pipe is read as one in a file', async () => {
  await using folder = await tempWorkspace({ 'run.json': `${JSON.stringify(documents[0])}\n` });
  await promisify(execFile)('mkfifo', [folder.path('pipe')]);
  const writing = promisify(execFile)('sh', [
    '-c',
    'cat "$1" > "$2"',
    'sh',
    folder.path('run.json'),
    folder.path('pipe'),
  ]);
  expect(await shown(folder.path('pipe'))).toBe(await shown(folder.path('run.json')));
  await writing;
});

describe('what would fill the memory is refused before it does:', () => {
  test('a document of more than 100 MiB', async () => {
    await using folder = await tempWorkspace();
    const line = `${' '.repeat(1024 * 1024 - 1)}\n`;
    await replaceText(folder.path('run.json'), `{"agent_steps":[\n${line.repeat(100)}]}`);
    await expect(shown(folder.path('run.json'))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('larger than 100 MiB') as string,
    });
  });

  test('a journal of more than one document may hold', async () => {
    const text = 'x'.repeat(1024 * 1024);
    const endless = (async function* () {
      const record = (event: AgentEvent) => ({ v: 1 as const, seq: 1, at: '2026-05-01T12:00:00.000Z', event });
      yield record(runStarted('Go.'));
      for (;;) yield record(messageAdded(1, userMessage(text)));
    })();
    await expect(toTraeDocument(endless)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('too many for one document') as string,
    });
  });
});

test('the text of a document, piece by piece, is what JSON.stringify makes of it', () => {
  for (const document of documents)
    expect([...traeDocumentText(document)].join('')).toBe(`${JSON.stringify(document, null, 2)}\n`);
});
