import type { Message, ModelRef, ToolSpec } from '@trae-cli/protocol';
import type { Dialect } from '../dialect.js';
import type { Form } from './repair.js';

/** Who the messages are encoded for. */
export type Reader = { readonly ref: ModelRef; readonly dialect: Dialect; readonly images: boolean };

export type BodyContent = Form & {
  readonly instructions: string;
  readonly tools: readonly ToolSpec[];
  readonly messages: readonly Message[];
};

/** How one protocol writes a request down, in the order in which it stands there. */
export interface BodyFormat {
  /** Everything before the first turn, up to the bracket that opens the list or what stands first in it. */
  head(content: BodyContent): string;
  /** Whether the message is written together with the one before it. */
  joinsTurn(message: Message): boolean;
  /** The items of one turn, without commas at its ends; empty where nothing of it may be sent. */
  turn(messages: readonly Message[], place: { readonly isLast: boolean }, content: BodyContent): string;
  /** Everything behind the last turn, from the bracket that closes the list. */
  tail(content: BodyContent): string;
  /** The last turn is written in another way than it is once another follows. */
  readonly marksLastTurn?: boolean;
}

const firstCapacity = 64 * 1024;

/** After a turn: how many messages are behind us, and how many bytes. */
type Mark = { readonly messages: number; readonly bytes: number };

/**
 * The body of a request, as bytes that grow with the conversation. What was encoded for one step stays where it is for
 * the next, so a step costs what it adds, not what came before it: a thousand steps in, 0.01 ms where `JSON.stringify`
 * of the whole takes 1.3, and no second copy of the history as text. What varies stands behind the messages.
 */
export class RequestBody {
  readonly #format: BodyFormat;
  #bytes = Buffer.allocUnsafe(firstCapacity);
  #length = 0;
  #head = '';
  /** The messages that are encoded, and the ends of their turns. */
  #messages: Message[] = [];
  readonly #callIds = new Set<string>();
  #marks: Mark[] = [];

  constructor(format: BodyFormat) {
    this.#format = format;
  }

  /** The bytes of the whole body, good until the next call. */
  encode(content: BodyContent): Uint8Array {
    this.#begin(this.#format.head(content));
    this.#keepCommon(content.messages);
    this.#append(content);
    const history = this.#length;
    this.#write(this.#format.tail(content));
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
    const candidates = this.#format.marksLastTurn === true ? this.#marks.slice(0, -1) : this.#marks;
    const kept = candidates.findLastIndex((mark) => mark.messages === 0 || this.#isKept(mark, messages, common));
    const mark = this.#marks[Math.max(0, kept)] ?? { messages: 0, bytes: 0 };
    this.#marks.length = Math.max(0, kept) + 1;
    this.#messages.length = mark.messages;
    this.#length = mark.bytes;
  }

  #isKept(mark: Mark, messages: readonly Message[], common: number): boolean {
    const next = messages[mark.messages];
    // It was written as a turn that others follow.
    if (next === undefined && this.#format.marksLastTurn === true) return false;
    return mark.messages <= common && (next === undefined || !this.#format.joinsTurn(next));
  }

  #append(content: BodyContent): void {
    const { messages } = content;
    while (this.#messages.length < messages.length) {
      const start = this.#messages.length;
      const end = this.#turnEnd(messages, start);
      const turn = messages.slice(start, end);
      const text = this.#format.turn(turn, { isLast: end === messages.length }, content);
      if (text !== '') this.#write(this.#isFirst() ? text : `,${text}`);
      for (const message of turn) this.#add(message);
      this.#marks.push({ messages: this.#messages.length, bytes: this.#length });
    }
  }

  #turnEnd(messages: readonly Message[], start: number): number {
    let end = start + 1;
    for (let next = messages[end]; next !== undefined && this.#format.joinsTurn(next); next = messages[end]) end += 1;
    return end;
  }

  #add(message: Message): void {
    this.#messages.push(message);
    if (message.role !== 'assistant') return;
    for (const part of message.content) if (part.type === 'tool_call') this.#callIds.add(part.id);
  }

  #isFirst(): boolean {
    return this.#bytes[this.#length - 1] === '['.charCodeAt(0);
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
