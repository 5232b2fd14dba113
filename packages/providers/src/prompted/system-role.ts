import { type Message, type ModelRequest, TraeError, type UserMessage, userMessage } from '@trae-cli/protocol';

const refusals: readonly RegExp[] = [
  /(?:system|developer) (?:role|messages?|prompts?|instructions?)[^.\n]{0,60}(?:not (?:supported|enabled|allowed)|unsupported)/i,
  /(?:not|n't) support[^.\n]{0,40}\b(?:system|developer) (?:role|messages?|prompts?|instructions?)/i,
  /only user and assistant roles are supported/i,
  // They do alternate here: it is the message before them that a template of this kind does not know.
  /roles must alternate user\/assistant/i,
];

/** Whether the service says that its model takes no instructions beside the conversation. */
export const isSystemRefused = (error: unknown): boolean =>
  error instanceof TraeError && refusals.some((pattern) => pattern.test(error.message));

/** Puts the instructions at the head of the first message of the person; the same objects come out as the same. */
export class InstructionsInside {
  #last: { readonly instructions: string; readonly first: Message | undefined; readonly message: Message } | undefined;

  apply(request: ModelRequest): ModelRequest {
    const { instructions, messages } = request;
    if (instructions === '') return request;
    const [first, ...others] = messages;
    const rest = first?.role === 'user' ? others : messages;
    if (this.#last?.instructions !== instructions || this.#last.first !== first)
      this.#last = { instructions, first, message: withHead(instructions, first) };
    return { ...request, instructions: '', messages: [this.#last.message, ...rest] };
  }
}

function withHead(instructions: string, first: Message | undefined): UserMessage {
  if (first?.role !== 'user') return userMessage(instructions);
  const [head, ...parts] = first.content;
  if (head?.type !== 'text') return { role: 'user', content: [{ type: 'text', text: instructions }, ...first.content] };
  return { role: 'user', content: [{ type: 'text', text: `${instructions}\n\n${head.text}` }, ...parts] };
}
