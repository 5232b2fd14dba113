import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { tempWorkspace } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { readTrajectory, toTraeDocument } from '../../src/index.js';
import { recordsOf, writeJournal } from '../journal-file.js';
import { recordedRuns } from './recorded-runs.js';

const golden = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}.json`, import.meta.url));

test.each(Object.entries(recordedRuns))(
  'the journal of the run "%s" becomes the document on file',
  async (name, events) => {
    await using folder = await tempWorkspace();
    await writeJournal(folder.path('run.jsonl'), events);
    const document = await toTraeDocument(readTrajectory(folder.path('run.jsonl')));
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(golden(name));
  },
);

const keys = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

test("the keys and their order are those of the original's recorder", async () => {
  const document = await toTraeDocument(recordsOf(recordedRuns['everything'] ?? []));
  const [interaction] = document.llm_interactions;
  const [step] = document.agent_steps;
  expect(keys(document).join()).toBe(
    'task,start_time,end_time,provider,model,max_steps,llm_interactions,agent_steps,success,final_result,execution_time',
  );
  expect(keys(interaction).join()).toBe('timestamp,provider,model,input_messages,response,tools_available');
  expect(keys(interaction?.response).join()).toBe('content,model,finish_reason,usage,tool_calls');
  expect(keys(interaction?.response.usage).join()).toBe(
    'input_tokens,output_tokens,cache_creation_input_tokens,cache_read_input_tokens,reasoning_tokens',
  );
  expect(keys(step).join()).toBe(
    'step_number,timestamp,state,llm_messages,llm_response,tool_calls,tool_results,reflection,error,lakeview_summary',
  );
  expect(keys(step?.tool_calls?.[0]).join()).toBe('call_id,name,arguments,id');
  expect(keys(step?.tool_results?.[0]).join()).toBe('call_id,success,result,error,id');
});

test('no step that failed is called completed, and every time is one that was recorded', async () => {
  for (const [name, events] of Object.entries(recordedRuns)) {
    const document = await toTraeDocument(recordsOf(events));
    const recorded = new Set(['']);
    for await (const { at } of recordsOf(events)) recorded.add(at);
    const times = [document, ...document.llm_interactions, ...document.agent_steps].flatMap((part) =>
      'timestamp' in part ? [part.timestamp] : [part.start_time, part.end_time],
    );
    expect([name, times.filter((time) => !recorded.has(time))]).toEqual([name, []]);
  }
  const states = async (name: string) =>
    (await toTraeDocument(recordsOf(recordedRuns[name] ?? []))).agent_steps.map(({ state }) => state);
  expect(await states('failed-request')).toEqual(['completed', 'error']);
  expect(await states('filtered-answer')).toEqual(['error', 'error']);
  expect(await states('cancelled')).toEqual(['completed', 'error']);
  expect(await states('killed')).toEqual(['completed', 'calling_tool']);
  expect(await states('step-limit')).toEqual(['completed']);
});

test('a journal cut after any record has a document', async () => {
  const events = recordedRuns['everything'] ?? [];
  for (let length = 0; length <= events.length; length += 1) {
    const document = await toTraeDocument(recordsOf(events.slice(0, length)));
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(document.success).toBe(length === events.length);
  }
});

test('the golden documents hold what an evaluation script of the original reads', async () => {
  const document: unknown = JSON.parse(await readFile(golden('everything'), 'utf8'));
  expect(document).toMatchObject({
    success: true,
    final_result: 'Done.',
    llm_interactions: [
      { input_messages: [{ role: 'system' }, { role: 'user' }] },
      { input_messages: [{ role: 'user', content: null, tool_result: { call_id: 'call_1', success: false } }] },
      { input_messages: [{ tool_result: { call_id: 'a' } }, { tool_result: { call_id: 'b' } }] },
    ],
  });
});
