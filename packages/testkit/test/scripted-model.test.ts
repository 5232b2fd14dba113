import { createTurn, type ModelEvent, type ModelRequest, TraeError, userMessage } from '@trae-cli/protocol';
import { createGate, scriptedModel, type ScriptedModel } from '@trae-cli/testkit';
import { expect, test } from 'vitest';

const request: ModelRequest = { instructions: 'Be brief.', messages: [userMessage('hello')], tools: [] };
const never = new AbortController().signal;

async function eventsOf(model: ScriptedModel, signal = never): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of model.stream(request, signal)) events.push(event);
  return events;
}

async function turnOf(model: ScriptedModel, signal = never) {
  const turn = createTurn();
  for (const event of await eventsOf(model, signal)) turn.apply(event);
  return turn.finished(model.ref);
}

test('turns are said in the order of the script, and each request is written down', async () => {
  const model = scriptedModel(['one two', { text: 'three' }]);
  expect(await turnOf(model)).toMatchObject({ message: { content: [{ type: 'text', text: 'one two' }] }, stop: 'end' });
  expect(await turnOf(model)).toMatchObject({ message: { content: [{ type: 'text', text: 'three' }] } });
  expect(model.requests).toEqual([request, request]);
  expect(model.turnsLeft).toBe(0);
});

test('reasoning, text and calls become parts in that order, and calls get ids of their own', async () => {
  const calls = [
    { name: 'ls', arguments: { path: '.' } },
    { name: 'bash', arguments: '{"broken', id: 'mine' },
    { name: 'ls' },
  ];
  const finished = await turnOf(scriptedModel([{ reasoning: 'Hm. ', text: 'Looking.', calls, usage: null }]));
  expect(finished).toMatchObject({ stop: 'tool_calls', usage: null });
  expect(finished?.message.content).toEqual([
    { type: 'reasoning', text: 'Hm. ' },
    { type: 'text', text: 'Looking.' },
    { type: 'tool_call', id: 'call_1', name: 'ls', arguments: '{"path":"."}' },
    { type: 'tool_call', id: 'mine', name: 'bash', arguments: '{"broken' },
    { type: 'tool_call', id: 'call_3', name: 'ls', arguments: '{}' },
  ]);
});

test('a function sees the request it answers', async () => {
  const model = scriptedModel((given) => `I was told: ${given.instructions}`);
  expect((await turnOf(model))?.message.content).toEqual([{ type: 'text', text: 'I was told: Be brief.' }]);
});

test('a message added to the list afterwards does not change the recorded request', async () => {
  const messages = [userMessage('first')];
  const model = scriptedModel(['ok']);
  for await (const _ of model.stream({ ...request, messages }, never)) messages.push(userMessage('later'));
  expect(model.requests[0]?.messages).toEqual([userMessage('first')]);
});

test('an error is thrown at its turn, or after what was said before it', async () => {
  const refused = new TraeError('credentials_rejected', 'No.');
  const model = scriptedModel([refused, { text: 'half', error: refused }]);
  await expect(eventsOf(model)).rejects.toBe(refused);
  const heard: ModelEvent[] = [];
  const listen = async (): Promise<void> => {
    for await (const event of model.stream(request, never)) heard.push(event);
  };
  await expect(listen()).rejects.toBe(refused);
  expect(heard).toContainEqual({ type: 'text_delta', part: 0, text: 'half' });
});

test('asked once more than the script has turns, it fails and says so', async () => {
  await expect(eventsOf(scriptedModel([]))).rejects.toThrow('The script has 0 turns; turn 1 was asked for.');
});

test('a turn behind a gate is said when the gate opens', async () => {
  const gate = createGate();
  const answer = turnOf(scriptedModel([{ after: gate.opened, text: 'now' }]));
  gate.open();
  expect(await answer).toMatchObject({ stop: 'end' });
});

test.each([
  ['behind a gate', { after: createGate().opened }],
  ['that hangs after some words', { text: 'and then', hang: true }],
  ['made by a function that never answers', () => new Promise<never>(() => undefined)],
])('an abort ends a turn %s with the reason of the signal', async (_title, turn) => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const answer = eventsOf(scriptedModel([turn]), controller.signal);
  controller.abort(reason);
  await expect(answer).rejects.toBe(reason);
});

test('events cannot be changed by whoever hears them', async () => {
  const events = await eventsOf(scriptedModel([{ text: 'fixed', calls: [{ name: 'ls' }] }]));
  expect(events.filter((event) => !Object.isFrozen(event)).map((event) => event.type)).toEqual([]);
});
