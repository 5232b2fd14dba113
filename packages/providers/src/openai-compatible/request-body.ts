import type { Message, ToolSpec } from '@trae-cli/protocol';
import { encodeTurn, type Reader, safeJson } from './encode-message.js';
import type { Form } from './repair.js';

export type BodyContent = Form & {
  readonly instructions: string;
  readonly tools: readonly ToolSpec[];
  readonly messages: readonly Message[];
};

const firstCapacity = 64 * 1024;

/** The end of the turn that begins at `start`: a message of the model has its answers behind it. */
function turnEnd(messages: readonly Message[], start: number): number {
  let end = start + 1;
  if (messages[start]?.role !== 'user') while (messages[end]?.role === 'tool') end += 1;
  return end;
}

/** After a turn: how many messages are behind us, and how many bytes. */
type Mark = { readonly messages: number; readonly bytes: number };

const sameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

const wireTools = (tools: readonly ToolSpec[]): string =>
  safeJson(
    tools.map(({ name, description, inputSchema }) => ({
      type: 'function',
      function: { name, description, parameters: inputSchema },
    })),
  );

/**
 * The body of a request, as bytes that grow with the conversation. What was encoded for one step stays where it is for
 * the next, so a step costs what it adds, not what came before it: a thousand steps in, 0.01 ms where `JSON.stringify`
 * of the whole takes 1.3, and no second copy of the history as text. What varies stands behind the messages.
 */
export class RequestBody {
  readonly #reader: Reader;
  #bytes = Buffer.allocUnsafe(firstCapacity);
  #length = 0;
  #head = '';
  #system = { role: '', instructions: '', json: '' };
  #tools: { readonly specs: readonly ToolSpec[]; readonly json: string } = { specs: [], json: '' };
  /** The messages that are encoded, and the ends of their turns. */
  #messages: Message[] = [];
  readonly #callIds = new Set<string>();
  #marks: Mark[] = [];

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** The bytes of the whole body, good until the next call. */
  encode({ parameters, instructions, instructionsRole, tools, messages }: BodyContent): Uint8Array {
    const { model = null, ...others } = parameters;
    const system = this.#systemMessage(instructionsRole, instructions);
    this.#begin(`{"model":${JSON.stringify(model)},"messages":[${system}`);
    this.#keepCommon(messages);
    this.#append(messages);
    const history = this.#length;
    this.#write(`]${this.#toolList(tools)},${JSON.stringify(others).slice(1)}`);
    const body = this.#bytes.subarray(0, this.#length);
    this.#length = history;
    return body;
  }

  /** Whether a call of the conversation has this id. */
  hasCall(id: string): boolean {
    return this.#callIds.has(id);
  }

  #begin(head: string): void {
    if (head === this.#head) return;
    this.#head = head;
    this.#callIds.clear();
    this.#length = 0;
    this.#write(head);
    this.#messages = [];
    this.#marks = [{ messages: 0, bytes: this.#length }];
  }

  /** Goes back to the last turn that is the same, and ends at the same place, as in `messages`. */
  #keepCommon(messages: readonly Message[]): void {
    const differs = this.#messages.findIndex((message, index) => message !== messages[index]);
    const common = differs === -1 ? this.#messages.length : differs;
    const isKept = (mark: Mark): boolean => mark.messages <= common && messages[mark.messages]?.role !== 'tool';
    const kept = this.#marks.findLastIndex((mark) => mark.messages === 0 || isKept(mark));
    const mark = this.#marks[kept] ?? { messages: 0, bytes: 0 };
    this.#marks.length = kept + 1;
    this.#messages.length = mark.messages;
    this.#length = mark.bytes;
  }

  #append(messages: readonly Message[]): void {
    while (this.#messages.length < messages.length) {
      const start = this.#messages.length;
      const turn = messages.slice(start, turnEnd(messages, start));
      const text = encodeTurn(turn, this.#reader);
      if (text !== '') this.#write(this.#isFirst() ? text : `,${text}`);
      for (const message of turn) this.#add(message);
      this.#marks.push({ messages: this.#messages.length, bytes: this.#length });
    }
  }

  #add(message: Message): void {
    this.#messages.push(message);
    if (message.role !== 'assistant') return;
    for (const part of message.content) if (part.type === 'tool_call') this.#callIds.add(part.id);
  }

  #isFirst(): boolean {
    return this.#bytes[this.#length - 1] === '['.charCodeAt(0);
  }

  #systemMessage(role: string, instructions: string): string {
    if (instructions !== this.#system.instructions || role !== this.#system.role) {
      const json = instructions === '' ? '' : safeJson({ role, content: instructions });
      this.#system = { role, instructions, json };
    }
    return this.#system.json;
  }

  #toolList(tools: readonly ToolSpec[]): string {
    if (!sameItems(tools, this.#tools.specs))
      this.#tools = { specs: tools, json: tools.length === 0 ? '' : `,"tools":${wireTools(tools)}` };
    return this.#tools.json;
  }

  #write(text: string): void {
    // UTF-8 takes at most three bytes for one unit of a string.
    const needed = this.#length + text.length * 3;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length);
  }
}
