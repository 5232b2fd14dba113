import { ollamaChatRequestSchema, type OllamaMessage } from '@trae-cli/wire';
import type { AskedTurn, ReadBody } from './asked-turn.js';
import type { Step } from './steps.js';

function stepsOf(message: OllamaMessage): readonly Step[] {
  if (message.role === 'tool') {
    const { tool_call_id: id, tool_name: name, content: text } = message;
    return [{ type: 'answer', id, name, text }];
  }
  const words = { type: 'words', role: message.role, text: message.content ?? '' } as const;
  if (message.role !== 'assistant') return [words];
  const calls = (message.tool_calls ?? []).map(
    ({ id, function: { name, arguments: given } }) => ({ type: 'call', id, name, arguments: given }) as const,
  );
  return [{ type: 'turn' }, words, ...calls];
}

const imagesOf = (message: OllamaMessage): readonly string[] =>
  message.role === 'user' || message.role === 'tool' ? (message.images ?? []) : [];

export const readOllamaRequest: ReadBody = (body): AskedTurn => {
  const { messages, options } = ollamaChatRequestSchema.parse(body);
  return { steps: messages.flatMap(stepsOf), images: messages.flatMap(imagesOf), stop: options?.stop ?? [] };
};
