import { callBeginning } from './call-object.js';
import {
  anyMark,
  codeInLine,
  isAtLineStart,
  isFence,
  longestDoubt,
  openEnd,
  telling,
  thoughtBegin,
  thoughtEnd,
} from './marks.js';
import { matchAt } from './match-at.js';

/** A piece of an answer: text, a thought that stands in it, or the tag around one. */
export type Said = { readonly type: 'text' | 'thought' | 'mark'; readonly text: string };

/** What was held back when the answer ended. */
export type Withheld = Said & {
  /** It begins like a call. */
  readonly mayBeCall: boolean;
  /** It begins where the answer does. */
  readonly isStart: boolean;
};

type State =
  /** Nothing but white space so far. */
  | 'start'
  /** An object or a list that is all there is so far. */
  | 'json'
  | 'text'
  | 'thought'
  /** At the mark of a code block. */
  | 'fence begin'
  | 'fence'
  /** In, or behind, a code block that may be a call if nothing follows it. */
  | 'fenced call'
  | 'behind fence'
  /** What follows is looked at when the answer has ended. */
  | 'call';

/** The longest line that is looked at for the end of a code block. */
const longestFenceLine = 64;

const otherJson = /^\s*(?:\[\s*[^\s{]|\[?\s*\{\s*[^\s"])/;
const fenceHead = /^(`{3,}|~{3,})([^\n]*)\n\s*(\S)/;

/**
 * Lets an answer through as it is said, up to where a call that is printed as text may begin, beginnings of marks
 * included. Everything comes out once and in order. Looks at a character a few times at most, whatever the pieces.
 */
export class LeakGate {
  #state: State = 'start';
  /** Read and not decided upon. */
  #pending = '';
  /** From where a call may begin. */
  #held: string[] = [];
  /** The mark of the code block that is open. */
  #fence = '';
  #isLineBlank = true;
  #lastCharacter = '';
  #out: Said[] = [];
  #lookedAt = 0;

  /** How many characters were looked at, each as often as it was. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  /** True where the piece, which is not empty, may go on as it is; else it is yet to be pushed. */
  passes(piece: string): boolean {
    if (this.#state !== 'text' || this.#pending !== '' || telling.test(piece)) return false;
    this.#lookedAt += piece.length;
    this.#follow(piece);
    return true;
  }

  push(piece: string): readonly Said[] {
    if (this.#state === 'call') {
      this.#held.push(piece);
      return [];
    }
    this.#out = [];
    let text = this.#pending + piece;
    this.#pending = '';
    while (text !== '') {
      const rest = this.#step(text);
      this.#lookedAt += text.length - rest.length;
      text = rest;
    }
    return this.#out;
  }

  /** The end of the answer. */
  finish(): Withheld {
    const text = this.#held.join('') + this.#pending;
    const type = this.#state === 'thought' ? 'thought' : 'text';
    const mayBeCall = this.#held.length > 0 || this.#state === 'json' || this.#state === 'fence begin';
    this.#held = [];
    this.#pending = '';
    return { type, text, mayBeCall, isStart: !this.#hasSpoken };
  }

  get #hasSpoken(): boolean {
    return this.#lastCharacter !== '';
  }

  /** Takes what it can from the beginning of `text` and leaves the rest, for the state that it leads to. */
  #step(text: string): string {
    switch (this.#state) {
      case 'start':
        return this.#start(text);
      case 'json':
        return this.#json(text);
      case 'text':
        return this.#text(text);
      case 'thought':
        return this.#thought(text);
      case 'fence begin':
        return this.#fenceBegin(text);
      case 'fence':
      case 'fenced call':
        return this.#lines(text);
      case 'behind fence':
        return this.#behindFence(text);
      case 'call':
        return this.#hold(text);
      default:
        return this.#state satisfies never;
    }
  }

  #wait(text: string): string {
    this.#pending = text;
    return '';
  }

  #hold(text: string): string {
    this.#held.push(text);
    return '';
  }

  #say(type: Said['type'], text: string): void {
    if (text === '') return;
    this.#follow(text);
    this.#out.push({ type, text });
  }

  #follow(text: string): void {
    this.#isLineBlank = isAtLineStart(text, text.length, this.#isLineBlank);
    this.#lastCharacter = text.charAt(text.length - 1);
  }

  #start(text: string): string {
    const first = text.slice(0, longestDoubt).trimStart().charAt(0);
    if (first === '' && text.length < longestDoubt) return this.#wait(text);
    this.#state = first === '{' || first === '[' ? 'json' : 'text';
    return text;
  }

  #json(text: string): string {
    const head = text.slice(0, longestDoubt);
    const isDecided = head.includes(':') || text.length >= longestDoubt;
    const isCall = isDecided && callBeginning.test(head);
    if (!isDecided && !otherJson.test(head)) return this.#wait(text);
    this.#state = isCall ? 'call' : 'text';
    return text;
  }

  #text(text: string): string {
    for (let found = matchAt(anyMark, text, 0); found !== null; found = anyMark.exec(text)) {
      const { 0: mark, index } = found;
      if (!this.#counts(text, mark, index)) continue;
      this.#say('text', text.slice(0, index));
      const rest = text.slice(index);
      if (isFence(mark)) this.#state = 'fence begin';
      else if (mark !== thoughtBegin) this.#state = 'call';
      else {
        this.#state = 'thought';
        this.#say('mark', mark);
        return rest.slice(mark.length);
      }
      return rest;
    }
    const keep = openEnd(text);
    this.#say('text', text.slice(0, text.length - keep));
    return this.#wait(text.slice(text.length - keep));
  }

  /** Code blocks and thoughts begin a line; a mark in code is spoken about. */
  #counts(text: string, mark: string, at: number): boolean {
    if (isFence(mark) || mark === thoughtBegin) return isAtLineStart(text, at, this.#isLineBlank);
    return (at === 0 ? this.#lastCharacter : text.charAt(at - 1)) !== '`';
  }

  #thought(text: string): string {
    const end = text.indexOf(thoughtEnd);
    if (end !== -1) {
      this.#say('thought', text.slice(0, end));
      this.#say('mark', thoughtEnd);
      this.#state = 'text';
      return text.slice(end + thoughtEnd.length);
    }
    const keep = openEnd(text);
    this.#say('thought', text.slice(0, text.length - keep));
    return this.#wait(text.slice(text.length - keep));
  }

  #fenceBegin(text: string): string {
    // What is decided does not depend on how much has come beyond the doubt.
    const beginning = text.slice(0, longestDoubt);
    const code = codeInLine.exec(beginning)?.[0];
    if (code !== undefined) {
      this.#state = 'text';
      this.#say('text', code);
      return text.slice(code.length);
    }
    const head = fenceHead.exec(beginning);
    if (head === null && text.length < longestDoubt) return this.#wait(text);
    const lineEnd = text.indexOf('\n');
    const line = lineEnd === -1 ? text : text.slice(0, lineEnd + 1);
    this.#fence = head?.[1] ?? text.slice(0, 3);
    this.#state = head !== null && '{[<'.includes(head[3] ?? ' ') ? 'fenced call' : 'fence';
    this.#put(line);
    return text.slice(line.length);
  }

  /** Inside a code block, as text or as what may be a call. */
  #put(text: string): void {
    if (this.#state === 'fence') this.#say('text', text);
    else if (text !== '') this.#held.push(text);
  }

  #lines(text: string): string {
    let from = 0;
    // Whoever waits, waits at the beginning of a line.
    let isLineStart = this.#state === 'fenced call' ? this.#heldLineEnds() : this.#lastCharacter === '\n';
    for (;;) {
      const end = text.indexOf('\n', from);
      const line = end === -1 ? text.slice(from) : text.slice(from, end);
      const mayClose = isLineStart && line.length <= longestFenceLine && /^[ \t]*[`~]*[ \t]*$/.test(line);
      if (end === -1) {
        this.#put(mayClose ? text.slice(0, from) : text);
        return mayClose ? this.#wait(line) : '';
      }
      if (mayClose && line.includes(this.#fence)) {
        this.#put(text.slice(0, end + 1));
        this.#state = this.#state === 'fence' ? 'text' : 'behind fence';
        return text.slice(end + 1);
      }
      from = end + 1;
      isLineStart = true;
    }
  }

  #heldLineEnds(): boolean {
    return this.#held.at(-1)?.endsWith('\n') ?? true;
  }

  #behindFence(text: string): string {
    if (text.trim() === '') return this.#hold(text);
    const code = this.#held.join('');
    this.#held = [];
    this.#state = 'text';
    this.#say('text', code);
    return text;
  }
}
