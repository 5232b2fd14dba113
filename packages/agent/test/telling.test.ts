import type { Model, ModelEvent, ModelRequest } from '@trae-cli/protocol';
import { scriptedModel } from '@trae-cli/testkit';
import { expect, test } from 'vitest';
import { collect, conversationOf, ofType } from './collect.js';

const finished = { type: 'finished', stop: 'end', usage: null, responseId: 'r-2' } as const;
const retrying: ModelEvent = { type: 'retrying', attempt: 1, waitMs: 5, reason: 'rate_limited', message: 'busy' };

test('a run tells what it was given before anything else', async () => {
  const { events } = await collect({ model: scriptedModel(['Done.']), sampling: { temperature: 0 } });
  expect(events[0]).toMatchObject({
    type: 'run_started',
    task: 'Fix the bug.',
    model: { provider: 'scripted', model: 'scripted' },
    root: '/workspace',
    instructions: 'Do what the task says.',
    sampling: { temperature: 0 },
    maxSteps: 20,
    version: '0.0.0',
  });
  expect(ofType(events, 'run_started')[0]?.tools.map((tool) => tool.name)).toContain('read');
});

test('a task with an image is told as it is, and as text where only text fits', async () => {
  const image = { type: 'image', mediaType: 'image/png', base64: 'AAAA' } as const;
  const task = { role: 'user', content: [{ type: 'text', text: 'Look.' }, image] } as const;
  const model = scriptedModel(['Done.']);
  const { events } = await collect({ model }, undefined, task);
  expect(events[0]).toMatchObject({ task: 'Look.' });
  expect(model.requests[0]?.messages).toEqual([task]);
});

test('the events of a step come in the order that the documentation of runAgent gives', async () => {
  const model = scriptedModel([{ text: 'Hm.', calls: [{ name: 'read', arguments: { path: 'a' } }] }, 'Done.']);
  const { events } = await collect({ model });
  const kinds = events.filter((event) => event.type !== 'model_event').map((event) => event.type);
  expect(kinds.join(' ')).toBe(
    'run_started message_added ' +
      'step_started message_added model_called tool_started tool_finished message_added step_finished ' +
      'step_started message_added model_called step_finished ' +
      'run_finished',
  );
});

test('model_called has the last parameters, the retries, the response id and the times', async () => {
  const said: ModelEvent[] = [
    { type: 'requested', parameters: { attempt: 1 } },
    { type: 'text_delta', part: 0, text: 'lost' },
    retrying,
    { type: 'requested', parameters: { attempt: 2 } },
    { type: 'text_delta', part: 0, text: 'kept' },
    finished,
  ];
  const { events } = await collect({ model: scriptedModel([said]) });
  expect(ofType(events, 'model_called')).toEqual([
    {
      type: 'model_called',
      step: 1,
      parameters: { attempt: 2 },
      responseId: 'r-2',
      retries: 1,
      firstTokenMs: 2,
      durationMs: 3,
    },
  ]);
});

test('a time to the first token that never came is null', async () => {
  const { events } = await collect({ model: scriptedModel([[retrying, finished]]) });
  expect(ofType(events, 'model_called')[0]).toMatchObject({ firstTokenMs: null, retries: 1 });
});

test('nothing said before a retry reaches the conversation, and no call of it runs', async () => {
  const said: ModelEvent[] = [
    { type: 'text_delta', part: 0, text: 'lost' },
    { type: 'tool_call_started', part: 1, id: 'a', name: 'write' },
    { type: 'tool_call_delta', part: 1, arguments: '{"path":"lost"}' },
    retrying,
    { type: 'text_delta', part: 0, text: 'kept' },
    finished,
  ];
  const { events } = await collect({ model: scriptedModel([said]) });
  expect(conversationOf(events)).toEqual(['user: Fix the bug.', 'assistant: kept']);
  expect(ofType(events, 'tool_started')).toEqual([]);
});

test('step_finished says why the turn ended and what it cost, null where nobody said', async () => {
  const usage = { input: 7, output: 3, reasoning: 0, cacheRead: 2, cacheWrite: 0 };
  const call = { calls: [{ name: 'read', arguments: { path: 'a' } }], usage };
  const { events } = await collect({ model: scriptedModel([call, { text: 'Done.', usage: null }]) });
  expect(ofType(events, 'step_finished')).toEqual([
    { type: 'step_finished', step: 1, stop: 'tool_calls', usage },
    { type: 'step_finished', step: 2, stop: 'end', usage: null },
  ]);
});

test('a request that was handed out does not grow with the conversation', async () => {
  const scripted = scriptedModel([{ calls: [{ name: 'read', arguments: { path: 'a' } }] }, 'Done.']);
  const requests: ModelRequest[] = [];
  const model: Model = {
    ref: scripted.ref,
    traits: scripted.traits,
    stream(request, signal) {
      requests.push(request);
      return scripted.stream(request, signal);
    },
  };
  await collect({ model });
  expect(requests.map((request) => request.messages.length)).toEqual([1, 3]);
});
