import { clipped, type Message, type ToolCallPart } from '@trae-cli/protocol';
import { describeDifference } from './difference.js';
import type { Names } from './names.js';
import type { Normalise } from './normalise.js';

export type Comparison = {
  readonly recorded: Normalise;
  readonly now: Normalise;
  readonly names: Names;
  /** The recorded call with an id, to say what an answer was an answer to. */
  readonly callOf: (id: string) => ToolCallPart | undefined;
};

const longestArguments = 120;

function describeMessage(message: Message, { callOf }: Comparison): string {
  switch (message.role) {
    case 'user':
      return 'the user message';
    case 'assistant':
      return "the model's own message";
    case 'tool': {
      const asked = clipped(callOf(message.callId)?.arguments ?? '', longestArguments);
      return `the answer to ${message.toolName} ${asked} (${message.callId})`;
    }
    default:
      return message satisfies never;
  }
}

/** A message as text: its words in full, and of a picture what tells it from another. */
const contentText = (message: Message): string =>
  message.content
    .map((part) => {
      if (part.type === 'text') return part.text;
      return part.type === 'image' ? `[${part.mediaType}, ${part.base64}]` : '';
    })
    .join('\n');

const isSameKind = (recorded: Message, now: Message): boolean =>
  recorded.role === 'tool' && now.role === 'tool'
    ? recorded.callId === now.callId && recorded.toolName === now.toolName
    : recorded.role === now.role;

function compareText(recorded: Message, now: Message, comparison: Comparison): string | undefined {
  const before = contentText(recorded);
  const after = contentText(now);
  if (before === after) return undefined;
  const wanted = comparison.recorded(before);
  const found = comparison.now(after);
  if (wanted.text !== found.text) return describeDifference(wanted.text, found.text);
  comparison.names.learn(wanted.names, found.names);
  return undefined;
}

function compareMessage(recorded: Message, now: Message, comparison: Comparison): string | undefined {
  const subject = describeMessage(recorded, comparison);
  if (!isSameKind(recorded, now))
    return `${subject} was recorded, and this run has ${describeMessage(now, comparison)}.`;
  if (recorded.role === 'tool' && now.role === 'tool' && recorded.status !== now.status) {
    const ways = { ok: 'succeeded', error: 'failed' } as const;
    const difference = compareText(recorded, now, comparison) ?? '';
    return `${subject}: the call ${ways[recorded.status]} when it was recorded and ${ways[now.status]} now.\n${difference}`.trimEnd();
  }
  const difference = compareText(recorded, now, comparison);
  return difference === undefined ? undefined : `${subject} is not what was recorded.\n${difference}`;
}

/** What is different first between the messages that were recorded and those of this run; undefined where nothing is. */
export function firstDivergence(
  recorded: readonly Message[],
  now: readonly Message[],
  comparison: Comparison,
): string | undefined {
  for (const [index, message] of recorded.entries()) {
    const counterpart = now[index];
    if (counterpart === undefined)
      return `${describeMessage(message, comparison)} was recorded and is missing in this run.`;
    const divergence = compareMessage(message, counterpart, comparison);
    if (divergence !== undefined) return divergence;
  }
  const extra = now[recorded.length];
  return extra === undefined ? undefined : `${describeMessage(extra, comparison)} is new: it was not recorded.`;
}
