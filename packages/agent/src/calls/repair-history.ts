import { callsOf, type Message, type ToolCallPart, type ToolMessage } from '@trae-cli/protocol';
import { answerMessage, errorAnswer } from './answer.js';
import { wording } from '../wording.js';

export type RepairedHistory = {
  /** Every call answered, and no answer without its call. */
  readonly messages: readonly Message[];
  /** Answers to the calls of the last turn that a crash left open. They are new and have yet to be told. */
  readonly added: readonly ToolMessage[];
};

const answersTo = (calls: Iterable<ToolCallPart>, text: string): readonly ToolMessage[] =>
  Array.from(calls, (call) => answerMessage(call, errorAnswer(text)));

/** Makes of a conversation that was cut anywhere one that any service accepts. */
export function repairHistory(history: readonly Message[]): RepairedHistory {
  const messages: Message[] = [];
  const open = new Map<string, ToolCallPart>();
  for (const message of history) {
    if (message.role === 'tool') {
      if (open.delete(message.callId)) messages.push(message);
      continue;
    }
    messages.push(...answersTo(open.values(), wording.unanswered), message);
    open.clear();
    if (message.role === 'assistant') for (const call of callsOf(message)) open.set(call.id, call);
  }
  return { messages, added: answersTo(open.values(), wording.interrupted) };
}
