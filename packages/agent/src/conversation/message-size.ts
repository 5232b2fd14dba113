import type { JsonValue, Message, ToolSpec } from '@trae-cli/protocol';

/** What the frame of a message or of a call costs, in characters of text that would cost as much. */
const frame = 16;
/** What vendors charge for an image, about 2,000 tokens, whatever its bytes. */
const image = 6_000;

const sealedSize = (sealed: JsonValue | undefined): number =>
  sealed === undefined ? 0 : JSON.stringify(sealed).length;

type Part = Message['content'][number];

function partSize(part: Part): number {
  switch (part.type) {
    case 'text':
      return part.text.length;
    case 'image':
      return image;
    case 'reasoning':
      return part.text.length + sealedSize(part.sealed);
    case 'tool_call':
      return frame + part.id.length + part.name.length + part.arguments.length + sealedSize(part.sealed);
    default:
      return part satisfies never;
  }
}

/** The size of a message as a model sees it, in characters. */
export function messageSize(message: Message): number {
  let size = frame;
  for (const part of message.content) size += partSize(part);
  return size;
}

/** The size of what comes with every request beside the messages, in characters. */
export const preambleSize = (instructions: string, tools: readonly ToolSpec[]): number =>
  instructions.length + JSON.stringify(tools).length;
