import { responsesRequestSchema } from '@trae-cli/wire';
import { type AskedTurn, base64In, parsedArguments, type ReadBody, wordsOf } from './asked-turn.js';
import type { Step } from './steps.js';

type AnyPart = { readonly type: string; readonly text?: string; readonly image_url?: string | null };

/** An item with the fields of all its kinds; the schema has seen that they are what they should be. */
type AnyItem = {
  readonly type?: string;
  readonly role?: string;
  readonly call_id?: string;
  readonly name?: string;
  readonly arguments?: string;
  readonly content?: string | readonly AnyPart[];
  readonly output?: string | readonly AnyPart[];
};

function stepsOf(item: AnyItem): readonly Step[] {
  switch (item.type) {
    case 'function_call':
      return [
        { type: 'call', id: item.call_id, name: item.name ?? '', arguments: parsedArguments(item.arguments ?? '') },
      ];
    case 'function_call_output':
      return [{ type: 'answer', id: item.call_id, text: wordsOf(item.output) }];
    case 'message':
    case undefined:
      return [{ type: 'words', role: item.role ?? '', text: wordsOf(item.content) }];
    default:
      return [];
  }
}

const imagesOf = ({ content, output }: AnyItem): readonly string[] =>
  [content, output].flatMap((parts) =>
    typeof parts === 'object' ? parts.flatMap((part) => base64In(part.image_url)) : [],
  );

/** This protocol has no texts that end an answer. */
export const readResponsesRequest: ReadBody = (body): AskedTurn => {
  const { input, stop } = responsesRequestSchema.parse(body);
  if (stop !== undefined) throw new Error('There is no `stop` in this protocol.');
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : (input as readonly AnyItem[]);
  return { steps: items.flatMap(stepsOf), images: items.flatMap(imagesOf), stop: [] };
};
