import { type AgentEvent, callsOf, foldSession, isDurable, type Message } from '@trae-cli/protocol';
import { expect } from 'vitest';
import { repairHistory } from '../src/calls/repair-history.js';
import { messagesOf, ofType } from './collect.js';
import { voided, type Witness } from './random-schedule.js';

/** Calls that are not answered once, in order and directly after their turn, and answers without a call. */
function unanswered(messages: readonly Message[]): readonly string[] {
  const problems: string[] = [];
  let open: string[] = [];
  for (const message of messages) {
    if (message.role === 'tool') {
      if (open.shift() !== message.callId) problems.push(`${message.callId} is answered out of turn`);
      continue;
    }
    problems.push(...open.map((id) => `${id} is not answered`));
    open = message.role === 'assistant' ? callsOf(message).map((call) => call.id) : [];
  }
  return [...problems, ...open.map((id) => `${id} is not answered at the end`)];
}

const callIdsOf = (messages: readonly Message[]): readonly string[] =>
  messages.flatMap((message) => (message.role === 'assistant' ? callsOf(message).map((call) => call.id) : []));

/** What holds of any run, however it ended and wherever its reader left. */
export async function expectSound(events: readonly AgentEvent[], witness: Witness): Promise<void> {
  expect({ running: witness.running, streams: witness.streams, collisions: witness.collisions }).toEqual({
    running: 0,
    streams: 0,
    collisions: 0,
  });
  for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
  for (const request of witness.requests) expect(unanswered(request.messages)).toEqual([]);
  const ids = callIdsOf(messagesOf(events));
  expect(new Set(ids).size).toBe(ids.length);
  expect(JSON.stringify(messagesOf(events))).not.toContain(voided);
  for (const [name, count] of witness.invocations) {
    expect(ofType(events, 'tool_started').filter((event) => event.name === name).length).toBeGreaterThanOrEqual(count);
  }
  await expectEveryCutRepairable(events);
}

/** A record cut after any event folds to a conversation that only lacks answers at its very end. */
async function expectEveryCutRepairable(events: readonly AgentEvent[]): Promise<void> {
  const recorded = events.filter(isDurable);
  for (let length = 0; length <= recorded.length; length += 1) {
    const { messages } = await foldSession(recorded.slice(0, length));
    const repaired = repairHistory(messages);
    expect(repaired.messages).toEqual(messages);
    expect(unanswered([...messages, ...repaired.added])).toEqual([]);
  }
}

/** What holds beside that of a run whose reader stayed to the end. */
export async function expectWhole(events: readonly AgentEvent[], witness: Witness): Promise<void> {
  await expectSound(events, witness);
  expect(ofType(events, 'run_finished')).toHaveLength(1);
  expect(events.at(-1)?.type).toBe('run_finished');
  const [finished] = ofType(events, 'run_finished');
  expect(finished?.outcome).not.toMatchObject({ error: { code: 'internal' } });
  expect(unanswered(messagesOf(events))).toEqual([]);
  const started = ofType(events, 'tool_started').map((event) => event.callId);
  expect(new Set(ofType(events, 'tool_finished').map((event) => event.callId))).toEqual(new Set(started));
  expect(ofType(events, 'tool_finished')).toHaveLength(started.length);
  const session = await foldSession(events.filter(isDurable));
  expect(session.outcome).toEqual(finished?.outcome);
  expect(session.steps).toBe(finished?.steps);
  expectResumedEqualsLive(session.messages, witness);
}

/** What the model was sent is what the record says, but for pruned outputs and answers that said nothing. */
function expectResumedEqualsLive(recorded: readonly Message[], witness: Witness): void {
  const sent = witness.requests.at(-1)?.messages ?? [];
  const byCall = new Map(recorded.flatMap((message) => (message.role === 'tool' ? [[message.callId, message]] : [])));
  let position = 0;
  for (const message of sent) {
    const original = message.role === 'tool' ? byCall.get(message.callId) : message;
    const found = recorded.indexOf(original ?? message, position);
    expect(found).toBeGreaterThanOrEqual(position);
    position = found + 1;
    if (original !== message) expect(JSON.stringify(message)).toContain('[Old output left out');
  }
}
