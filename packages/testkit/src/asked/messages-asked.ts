import type { JsonValue } from '@trae-cli/protocol';
import { type MessagesMessage, messagesRequestSchema } from '@trae-cli/wire';
import { type AskedTurn, type ReadBody, wordsOf } from './asked-turn.js';
import type { Step } from './steps.js';

/** A block with the fields of all its kinds; the schema has seen that they are what they should be. */
type AnyBlock = {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: JsonValue;
  readonly text?: string;
  readonly tool_use_id?: string;
  readonly content?: string | readonly AnyBlock[];
  readonly source?: { readonly data?: string };
};

const blocksOf = ({ content }: MessagesMessage): readonly AnyBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : (content as readonly AnyBlock[]);

function stepsOf(message: MessagesMessage): readonly Step[] {
  const { role } = message;
  const blocks = blocksOf(message);
  // What stands before an answer parts it from its call.
  const firstAnswer = blocks.findLastIndex(({ type }) => type === 'tool_result');
  if (blocks.slice(0, firstAnswer + 1).some(({ type }) => type !== 'tool_result'))
    throw new Error('Something stands before the answers to the calls.');
  const steps = blocks.flatMap((block): readonly Step[] => {
    switch (block.type) {
      case 'text':
        return [{ type: 'words', role, text: block.text ?? '' }];
      case 'tool_use':
        return [{ type: 'call', id: block.id, name: block.name ?? '', arguments: block.input ?? null }];
      case 'tool_result':
        return [{ type: 'answer', id: block.tool_use_id, text: wordsOf(block.content) }];
      default:
        return [];
    }
  });
  return role === 'assistant' ? [{ type: 'turn' }, ...steps] : steps;
}

/** Those in the answers to calls included. */
const imagesIn = (blocks: readonly AnyBlock[]): readonly string[] =>
  blocks.flatMap(({ type, source, content }) => {
    if (type === 'image') return [source?.data ?? ''];
    return typeof content === 'object' ? imagesIn(content) : [];
  });

export const readMessagesRequest: ReadBody = (body): AskedTurn => {
  const { messages, stop_sequences } = messagesRequestSchema.parse(body);
  if (messages[0]?.role !== 'user') throw new Error('The first message is not one of the user.');
  return {
    steps: messages.flatMap(stepsOf),
    images: messages.flatMap((message) => imagesIn(blocksOf(message))),
    stop: stop_sequences ?? [],
  };
};
