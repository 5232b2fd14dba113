import type { Message, ModelRequest } from '@trae-cli/protocol';
import { fewestTokens, tokensInRuns } from './prompt-size.js';

/** A request that the server has read, by its own count, and what we took it for. Tokens. */
export type Counted = { readonly request: ModelRequest; readonly read: number; readonly about: number };

/** What makes templates leave the thoughts before it out: the words of the person, which images of tools become as well. */
const isWordOfPerson = (message: Message): boolean =>
  message.role === 'user' || (message.role === 'tool' && message.content.some(({ type }) => type === 'image'));

const hasThought = (message: Message): boolean =>
  message.role === 'assistant' && message.content.some(({ type }) => type === 'reasoning');

/** The messages that were added to an earlier request; undefined where it is not the whole beginning of this one. */
function addedTo(
  earlier: ModelRequest,
  { instructions, messages, tools }: ModelRequest,
): readonly Message[] | undefined {
  const isSame =
    instructions === earlier.instructions &&
    tools.length >= earlier.tools.length &&
    earlier.messages.every((message, index) => message === messages[index]);
  const added = messages.slice(earlier.messages.length);
  const mayLoseThoughts = earlier.messages.some(hasThought) && added.some(isWordOfPerson);
  return isSame && added.length > 0 && !mayLoseThoughts ? added : undefined;
}

/** What a conversation must have at the least, and has about, that has grown from one that was counted. */
export function grownFrom(
  earlier: Counted | undefined,
  request: ModelRequest,
  about: number,
): { readonly least: number; readonly about: number } | undefined {
  const added = earlier === undefined ? undefined : addedTo(earlier.request, request);
  if (earlier === undefined || added === undefined) return undefined;
  const growth = { ...request, instructions: '', messages: added };
  return {
    least: earlier.read + fewestTokens(growth),
    about: earlier.read + Math.max(0, about - earlier.about - tokensInRuns(growth)),
  };
}
