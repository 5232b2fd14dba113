import { type Message, parseArguments, type StopReason } from '@trae-cli/protocol';
import type { KnownTools } from '../recovered/known-tools.js';
import { type Piece, piecesOf } from '../recovered/pieces.js';
import type { Reading, SpokenCall } from '../recovered/reading.js';
import { callTag } from '../recovered/forms.js';
import { thoughtBegin, thoughtEnd } from '../recovered/marks.js';
import { callEndTag } from '../recovered/tagged-parameters.js';

/** What came of the end of an answer. `text` is what is said before the call, or all there is. */
export type Ending =
  | { readonly type: 'words'; readonly text: string }
  | { readonly type: 'call'; readonly text: string; readonly call: SpokenCall; readonly further: number }
  /** `raw` is the call as it was written. */
  | { readonly type: 'broken'; readonly text: string; readonly name: string; readonly raw: string }
  /** The answer ended inside a call. */
  | { readonly type: 'cut'; readonly text: string; readonly name: string | undefined };

/** Leaks are calls only of tools there are; whoever writes the form that was asked for means a call. */
function isCall(piece: Piece, tools: KnownTools): boolean {
  if (piece.type === 'text') return false;
  if (piece.text.startsWith(callTag) || piece.text.startsWith('<function=')) return true;
  const { reading } = piece;
  return reading.type === 'broken'
    ? tools.find(reading.name) !== undefined
    : reading.calls.every(({ spec }) => spec !== undefined);
}

const callCount = (pieces: readonly Piece[]): number =>
  pieces.reduce(
    (count, piece) =>
      count + (piece.type === 'reading' && piece.reading.type === 'calls' ? piece.reading.calls.length : 0),
    0,
  );

export type EndingOptions = { readonly stop: StopReason; readonly isStart: boolean; readonly tools: KnownTools };

/** A thought ends in this text that did not begin in it: the template has opened it. */
function endsThought({ type, text }: Piece): boolean {
  const end = type === 'text' ? text.indexOf(thoughtEnd) : -1;
  const begin = text.indexOf(thoughtBegin);
  return end !== -1 && (begin === -1 || end < begin);
}

/** Whether all of a call was said: one that was stopped by its end tag has lost it, one that was cut off as well. */
function isAll({ text }: Piece, reading: Extract<Reading, { type: 'calls' }>, stop: StopReason): boolean {
  if (stop === 'end' || stop === 'tool_calls') return true;
  return stop === 'other' ? reading.isClosed : text.trimEnd().endsWith(callEndTag);
}

const isCutOff = (stop: StopReason): boolean => stop === 'length' || stop === 'filtered';

/** Reads the end of an answer, from where a call may begin. Only the first call counts, and nothing behind it. */
export function readEnding(withheld: string, { stop, isStart, tools }: EndingOptions): Ending {
  const pieces = [...piecesOf({ text: withheld, tools }, { isStart, keepsBroken: true })];
  const afterThought = pieces.findLastIndex(endsThought) + 1;
  const index = pieces.findIndex((piece, at) => at >= afterThought && isCall(piece, tools));
  const piece = pieces[index];
  if (piece?.type !== 'reading') {
    const beginsCall = isCutOff(stop) && withheld.startsWith(callTag);
    return beginsCall ? { type: 'cut', text: '', name: undefined } : { type: 'words', text: withheld };
  }
  const { reading } = piece;
  const text = pieces
    .slice(0, index)
    .map((before) => before.text)
    .join('');
  const raw = piece.text.trim();
  if (reading.type === 'broken')
    return isCutOff(stop)
      ? { type: 'cut', text, name: reading.name }
      : { type: 'broken', text, name: reading.name, raw };
  const [call] = reading.calls;
  if (call === undefined) return { type: 'words', text: withheld };
  if (isAll(piece, reading, stop)) return { type: 'call', text, call, further: callCount(pieces.slice(index)) - 1 };
  return isCutOff(stop) ? { type: 'cut', text, name: call.name } : { type: 'broken', text, name: call.name, raw };
}

/** How many of the last answers in a row were calls that could not be read. */
export function brokenInARow(messages: readonly Message[]): number {
  let count = 0;
  for (const message of messages.toReversed()) {
    if (message.role !== 'assistant') continue;
    const calls = message.content.filter((part) => part.type === 'tool_call');
    if (calls.length === 0 || calls.some((call) => parseArguments(call.arguments).ok)) return count;
    count += 1;
  }
  return count;
}
