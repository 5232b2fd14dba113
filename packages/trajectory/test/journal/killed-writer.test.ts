import { fileURLToPath } from 'node:url';
import { foldSession } from '@trae-cli/protocol';
import { startProcess, tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { collect, eventsIn, recordsOf } from '../journal-file.js';
import { toTraeDocument } from '../../src/index.js';
import { endlessEvents } from './endless-events.js';

const writer = fileURLToPath(new URL('endless-writer.ts', import.meta.url));
const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const node = ['--conditions=@trae-cli/source', '--import', 'tsx', writer];

function firstEvents(count: number) {
  const events = endlessEvents();
  return Array.from({ length: count }, () => events.next().value);
}

test('a process killed in the middle of a run leaves every event it had recorded', async () => {
  await using folder = await tempWorkspace();
  const path = folder.path('run.jsonl');
  await using child = startProcess(process.execPath, [...node, path], { cwd: repository });
  await child.untilOutput('recorded 40;');
  child.kill('SIGKILL');
  const { signal, stdout } = await child.ended;
  expect(signal).toBe('SIGKILL');
  const told = stdout.match(/recorded \d+;\n/g)?.length ?? 0;
  const events = await collect(eventsIn(path));
  expect(events.length).toBeGreaterThanOrEqual(told);
  expect(events).toEqual(firstEvents(events.length));
  expect(await foldSession(eventsIn(path))).toEqual(await foldSession(firstEvents(events.length)));
});

test('the document of a killed run says so: no end, no success, the last step as far as it came', async () => {
  const document = await toTraeDocument(recordsOf(firstEvents(13)));
  expect(document).toMatchObject({ end_time: '', success: false, final_result: null, execution_time: 0 });
  expect(document.agent_steps.map(({ state }) => state)).toEqual(['completed', 'calling_tool']);
  expect(document.agent_steps[1]).toMatchObject({ tool_results: null, error: null });
});
