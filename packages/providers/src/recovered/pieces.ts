import { callsIn, isNothingButCalls } from './call-object.js';
import { readAt } from './forms.js';
import { jsonAt } from './json-at.js';
import { anyMark, codeInLine, isAtLineStart, isFence, longestDoubt, thoughtBegin, thoughtEnd } from './marks.js';
import { afterBlank } from './match-at.js';
import type { Reading, Source } from './reading.js';

export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reading'; readonly reading: Reading; readonly text: string };

export type PiecesOptions = {
  /** The text begins where the message does, so that JSON may be all of it. */
  readonly isStart: boolean;
  /** Calls that cannot be read are wanted too; else they are text. */
  readonly keepsBroken: boolean;
};

/** So that a text full of beginnings is not read from each of them to its end. */
const mostFailures = 16;

const tokensBehind = /^(?:<\|(?:eom_id|eot_id|call|im_end)\|>|<\/s>|\s)*$/;

/** The calls of a text that is JSON from its beginning to its end, with a name, arguments and nothing else. */
function readWhole({ text, tools }: Source): Reading | undefined {
  const found = jsonAt(text, afterBlank(text, 0));
  if (found?.type !== 'value' || !tokensBehind.test(text.slice(found.end))) return undefined;
  const calls = isNothingButCalls(found.value) ? callsIn(found.value, tools) : undefined;
  return calls === undefined ? undefined : { type: 'calls', calls, end: text.length, isClosed: true };
}

type Fence = { readonly inside: string; readonly end: number };

const fenceBegin = /(`{3,}|~{3,})([^\n]*)\n/y;

/** The code block that begins here; undefined where its first line has no end. */
function fenceAt(text: string, at: number): Fence | undefined {
  fenceBegin.lastIndex = at;
  const opened = fenceBegin.exec(text);
  const mark = opened?.[1];
  if (opened === null || mark === undefined) return undefined;
  const from = at + opened[0].length;
  const closing = new RegExp(`^[ \\t]*${mark}+[ \\t]*$`, 'm').exec(text.slice(from));
  if (closing === null) return { inside: text.slice(from), end: text.length };
  return { inside: text.slice(from, from + closing.index), end: from + closing.index + closing[0].length };
}

/** The calls of a code block that has nothing else in it. */
function readFenced(source: Source): Reading | undefined {
  const whole = readWhole(source);
  if (whole !== undefined) return whole;
  const readings: Extract<Reading, { type: 'calls' }>[] = [];
  for (const piece of piecesOf(source, { isStart: false, keepsBroken: false })) {
    if (piece.type === 'reading' && piece.reading.type === 'calls') readings.push(piece.reading);
    else if (piece.text.trim() !== '') return undefined;
  }
  const last = readings.at(-1);
  return last === undefined ? undefined : { ...last, calls: readings.flatMap(({ calls }) => calls) };
}

/** Walks over the places where a call may begin, past code and thoughts. */
class Walk {
  readonly #source: Source;
  readonly #keepsBroken: boolean;
  #failures = 0;
  at = 0;

  constructor(source: Source, keepsBroken: boolean) {
    this.#source = source;
    this.#keepsBroken = keepsBroken;
  }

  /** The next reading and where it begins. */
  next(): { readonly begin: number; readonly reading: Reading } | undefined {
    const { text } = this.#source;
    while (this.#failures < mostFailures) {
      anyMark.lastIndex = this.at;
      const found = anyMark.exec(text);
      if (found === null) return undefined;
      const begin = found.index;
      this.at = begin + found[0].length;
      const reading = this.#read(found[0], begin);
      if (reading !== undefined) {
        this.at = reading.end;
        return { begin, reading };
      }
    }
    return undefined;
  }

  /** Leaves the place behind what was looked at. */
  #read(mark: string, begin: number): Reading | undefined {
    const { text } = this.#source;
    if (isFence(mark)) return isAtLineStart(text, begin, true) ? this.#fence(begin) : undefined;
    if (mark === thoughtBegin) {
      const end = isAtLineStart(text, begin, true) ? text.indexOf(thoughtEnd, begin) : undefined;
      if (end !== undefined) this.at = end === -1 ? text.length : end + thoughtEnd.length;
      return undefined;
    }
    // Somebody speaks about the mark.
    if (text.charAt(begin - 1) === '`') return undefined;
    const reading = readAt(this.#source, mark, begin);
    if (reading !== undefined && (reading.type === 'calls' || this.#keepsBroken)) return reading;
    this.#failures += 1;
    return undefined;
  }

  #fence(begin: number): Reading | undefined {
    const { text, tools } = this.#source;
    const code = codeInLine.exec(text.slice(begin, begin + longestDoubt))?.[0];
    const fence = code === undefined ? fenceAt(text, begin) : undefined;
    if (fence === undefined) {
      this.at = code === undefined ? text.length : begin + code.length;
      return undefined;
    }
    this.at = fence.end;
    if (text.slice(fence.end).trim() !== '') return undefined;
    const reading = readFenced({ text: fence.inside, tools });
    return reading === undefined ? undefined : { ...reading, end: text.length };
  }
}

/** A text as what is said and what is called, in order; nothing of it is lost. */
export function* piecesOf(source: Source, { isStart, keepsBroken }: PiecesOptions): Generator<Piece, void> {
  const { text } = source;
  const whole = isStart ? readWhole(source) : undefined;
  if (whole !== undefined) {
    yield { type: 'reading', reading: whole, text };
    return;
  }
  const walk = new Walk(source, keepsBroken);
  let said = 0;
  for (let found = walk.next(); found !== undefined; found = walk.next()) {
    const { begin, reading } = found;
    if (begin > said) yield { type: 'text', text: text.slice(said, begin) };
    yield { type: 'reading', reading, text: text.slice(begin, reading.end) };
    said = reading.end;
  }
  if (said < text.length) yield { type: 'text', text: text.slice(said) };
}
