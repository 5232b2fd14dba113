import type { AgentEvent, AgentEventType, Message, RunOutcome, UserMessage } from '@trae-cli/protocol';
import { type AgentOptions, runAgent } from '../src/index.js';
import { sampleTools } from './sample-tools.js';

export type Collected = { readonly events: readonly AgentEvent[]; readonly outcome: RunOutcome };

export type TestOptions = Partial<AgentOptions> & Pick<AgentOptions, 'model'>;

/** A clock that goes on by one millisecond each time it is asked. */
function tickingClock(): () => number {
  let milliseconds = 0;
  return () => (milliseconds += 1);
}

export const optionsFor = (options: TestOptions): AgentOptions => ({
  tools: sampleTools,
  instructions: 'Do what the task says.',
  root: '/workspace',
  version: '0.0.0',
  maxSteps: 20,
  now: tickingClock(),
  ...options,
});

/** Frozen to the bottom: whoever would change an event after telling it fails. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** Runs to the end and keeps every event. */
export async function collect(
  options: TestOptions,
  onEvent: (event: AgentEvent, index: number) => void = () => undefined,
  task: string | UserMessage = 'Fix the bug.',
): Promise<Collected> {
  const events: AgentEvent[] = [];
  const run = runAgent(task, optionsFor(options));
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { events, outcome: next.value };
    events.push(deepFreeze(next.value));
    onEvent(next.value, events.length - 1);
  }
}

type EventOf<Type extends AgentEventType> = Extract<AgentEvent, { type: Type }>;

export const ofType = <Type extends AgentEventType>(events: readonly AgentEvent[], type: Type) =>
  events.filter((event): event is EventOf<Type> => event.type === type);

export const messagesOf = (events: readonly AgentEvent[]): readonly Message[] =>
  ofType(events, 'message_added').map((event) => event.message);

/** Each message as one line: `user: …`, `assistant: … +bash`, `tool ok: …`. */
export const conversationOf = (events: readonly AgentEvent[]): readonly string[] => messagesOf(events).map(lineOf);

function lineOf(message: Message): string {
  const parts = message.content.map((part) => {
    if (part.type === 'tool_call') return `+${part.name}`;
    return part.type === 'image' ? '(image)' : part.text;
  });
  const role = message.role === 'tool' ? `tool ${message.status}` : message.role;
  return `${role}: ${parts.join(' ')}`;
}
