import { chatRequestSchema, type ChatMessage } from '@trae-cli/wire';
import { type AskedTurn, base64In, parsedArguments, type ReadBody, wordsOf } from './asked-turn.js';
import type { Step } from './steps.js';

function stepsOf(message: ChatMessage): readonly Step[] {
  if (message.role === 'tool') return [{ type: 'answer', id: message.tool_call_id, text: wordsOf(message.content) }];
  const words = { type: 'words', role: message.role, text: wordsOf(message.content) } as const;
  if (message.role !== 'assistant') return [words];
  const calls = (message.tool_calls ?? []).map(
    ({ id, function: { name, arguments: text } }) =>
      ({ type: 'call', id, name, arguments: parsedArguments(text) }) as const,
  );
  return [{ type: 'turn' }, words, ...calls];
}

function imagesOf(message: ChatMessage): readonly string[] {
  if (message.role !== 'user' || typeof message.content === 'string') return [];
  return message.content.flatMap((part) => (part.type === 'image_url' ? base64In(part.image_url.url) : []));
}

export const readChatRequest: ReadBody = (body): AskedTurn => {
  const { messages, stop } = chatRequestSchema.parse(body);
  return {
    steps: messages.flatMap(stepsOf),
    images: messages.flatMap(imagesOf),
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
  };
};
