import type { AssistantMessage, ImagePart, Message, TextPart, ToolCallPart, UserMessage } from '@trae-cli/protocol';
import { callText } from './call-text.js';
import { resultText, type ResultContext } from './result-text.js';

type Group =
  | { readonly role: 'assistant'; readonly members: readonly AssistantMessage[] }
  | { readonly role: 'user'; readonly members: readonly Exclude<Message, AssistantMessage>[] };

/** Neighbours that become one message: templates want the two sides to take turns. */
function groupsOf(messages: readonly Message[]): readonly Group[] {
  const groups: Group[] = [];
  let answers: AssistantMessage[] = [];
  let questions: Exclude<Message, AssistantMessage>[] = [];
  const close = (): void => {
    if (answers.length > 0) groups.push({ role: 'assistant', members: answers });
    if (questions.length > 0) groups.push({ role: 'user', members: questions });
    answers = [];
    questions = [];
  };
  for (const message of messages) {
    if ((message.role === 'assistant' ? questions : answers).length > 0) close();
    if (message.role === 'assistant') answers.push(message);
    else questions.push(message);
  }
  close();
  return groups;
}

const isText = (part: { readonly type: string } | undefined): boolean => part?.type === 'text';

/** Neighbouring texts with an empty line between them, as one part: some templates take no more. */
function joined<Other extends { readonly type: string }>(
  parts: readonly (TextPart | Other)[],
): readonly (TextPart | Other)[] {
  const merged: (TextPart | Other)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (isText(part) && last !== undefined && isText(last)) {
      const [before, after] = [last as TextPart, part as TextPart];
      const text = [before.text.trimEnd(), after.text].filter((one) => one !== '').join('\n\n');
      merged[merged.length - 1] = { type: 'text', text };
    } else merged.push(part);
  }
  return merged;
}

function spokenBy(members: readonly AssistantMessage[]): AssistantMessage {
  const [first] = members;
  const parts = members.flatMap(({ content }) =>
    content.map((part) => (part.type === 'tool_call' ? ({ type: 'text', text: callText(part) } as const) : part)),
  );
  return { role: 'assistant', content: joined(parts), origin: first?.origin ?? { provider: '', model: '' } };
}

/** The calls of the message before, by their ids. */
type Asked = ReadonlyMap<string, ToolCallPart>;

const asked = (members: readonly AssistantMessage[]): Asked =>
  new Map(
    members.flatMap(({ content }) => content.flatMap((part) => (part.type === 'tool_call' ? [[part.id, part]] : []))),
  );

function heardFrom(members: readonly Exclude<Message, AssistantMessage>[], calls: Asked, context: ResultContext) {
  const parts = members.flatMap((message): readonly (TextPart | ImagePart)[] => {
    if (message.role === 'user') return message.content;
    const text = resultText(message, calls.get(message.callId), context);
    return [{ type: 'text', text }, ...message.content.filter((part) => part.type === 'image')];
  });
  return { role: 'user', content: joined(parts) } as const satisfies UserMessage;
}

const isSame = (one: readonly Message[], other: readonly Message[]): boolean =>
  one.length === other.length && one.every((message, index) => message === other[index]);

/** A message of the one side that needs nothing done to it. */
const isPlain = ({ members }: Group): boolean =>
  members.length === 1 &&
  members.every(({ role, content }) => role !== 'tool' && !content.some(({ type }) => type === 'tool_call'));

export const hasCalls = (messages: readonly Message[]): boolean =>
  messages.some(({ role, content }) => role === 'tool' || content.some(({ type }) => type === 'tool_call'));

type Kept = { readonly members: readonly Message[]; readonly message: Message };

/** Conversations in which calls and results are text. What did not change comes out as the same object again. */
export class PromptedHistory {
  /** By the first of the messages that became one. */
  readonly #kept = new WeakMap<Message, Kept>();

  convert(messages: readonly Message[], context: ResultContext): readonly Message[] {
    let calls: Asked = new Map();
    return groupsOf(messages).flatMap((group) => {
      const [first] = group.members;
      if (first === undefined) return [];
      const before = calls;
      calls = group.role === 'assistant' ? asked(group.members) : new Map();
      if (isPlain(group)) return [first];
      const kept = this.#kept.get(first);
      if (kept !== undefined && isSame(kept.members, group.members)) return [kept.message];
      const message = group.role === 'assistant' ? spokenBy(group.members) : heardFrom(group.members, before, context);
      this.#kept.set(first, { members: group.members, message });
      return [message];
    });
  }
}
