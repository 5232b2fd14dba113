import type { Message, ToolSpec } from '@trae-cli/protocol';
import { safeJson, wireName } from '../service/history.js';
import { remembered } from '../service/remembered.js';
import type { BodyContent, BodyFormat, Reader } from '../service/request-body.js';
import { encodeTurn } from './encode-turn.js';
import { marked } from './wire-block.js';

const marksIn = ({ adaptations }: BodyContent): boolean => !adaptations.includes('no_cache_marks');

const toolJson = ({ description, inputSchema, name }: ToolSpec): string =>
  safeJson({ name: wireName(name), description, input_schema: { ...inputSchema, type: 'object' } });

function toolsField(hasMarks: boolean, tools: readonly ToolSpec[]): string {
  if (tools.length === 0) return '';
  const list = tools.map(toolJson);
  return `"tools":[${list.map((json, index) => (hasMarks && index === list.length - 1 ? marked(json) : json)).join(',')}],`;
}

function systemField(hasMarks: boolean, instructions: string): string {
  if (instructions.trim() === '') return '';
  const json = safeJson({ type: 'text', text: instructions });
  return `"system":[${hasMarks ? marked(json) : json}],`;
}

/**
 * A request of Messages. A turn is an answer of the model with the results of its calls and the words behind them, which
 * stand in one message of the user. The mark for the cache is on the last one, and moves with it.
 */
export class MessagesFormat implements BodyFormat {
  readonly marksLastTurn = true;
  readonly #reader: Reader;
  readonly #tools = remembered((hasMarks: boolean, ...tools: readonly ToolSpec[]) => toolsField(hasMarks, tools));
  readonly #system = remembered(systemField);

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  head(content: BodyContent): string {
    const { model = null } = content.parameters;
    const hasMarks = marksIn(content);
    const tools = this.#tools(hasMarks, ...content.tools);
    return `{"model":${JSON.stringify(model)},${tools}${this.#system(hasMarks, content.instructions)}"messages":[`;
  }

  joinsTurn({ role }: Message): boolean {
    return role !== 'assistant';
  }

  turn(messages: readonly Message[], { isLast }: { readonly isLast: boolean }, content: BodyContent): string {
    const place = { isFirst: messages[0] === content.messages[0], isLast, isMarked: isLast && marksIn(content) };
    return encodeTurn(messages, place, { reader: this.#reader, hasTools: content.tools.length > 0 });
  }

  tail({ parameters }: BodyContent): string {
    const { model: _model, ...others } = parameters;
    const fields = JSON.stringify(others).slice(1);
    return fields === '}' ? ']}' : `],${fields}`;
  }
}
