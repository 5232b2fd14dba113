import type { ToolSpec } from '@trae-cli/protocol';
import { KnownTools } from './known-tools.js';
import { piecesOf } from './pieces.js';

/** A call in the words of a request: `arguments` is JSON text. */
export type RecoveredCall = { readonly name: string; readonly arguments: string };

export type RecoveredPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'call'; readonly call: RecoveredCall };

export type RecoverOptions = {
  /** The text begins where the message does. */
  readonly isStart: boolean;
  /** The model has ended the message by itself, so that an end tag that is missing was forgotten, not cut off. */
  readonly isWhole: boolean;
};

/** A text with the calls of known tools taken out of it; everything else is text, to the character. */
export function recoveredPieces(
  text: string,
  tools: KnownTools,
  { isStart, isWhole }: RecoverOptions,
): readonly RecoveredPiece[] {
  const pieces: RecoveredPiece[] = [];
  for (const piece of piecesOf({ text, tools }, { isStart, keepsBroken: false })) {
    const reading = piece.type === 'reading' && piece.reading.type === 'calls' ? piece.reading : undefined;
    const isKnown = reading?.calls.every(({ spec }) => spec !== undefined) === true;
    if (reading !== undefined && isKnown && (isWhole || reading.isClosed))
      for (const { name, arguments: given } of reading.calls)
        pieces.push({ type: 'call', call: { name, arguments: JSON.stringify(given) } });
    else pieces.push({ type: 'text', text: piece.text });
  }
  return pieces;
}

export type Recovered = { readonly text: string; readonly calls: readonly RecoveredCall[] };

/** The calls that a model has printed as text, and the text without them; undefined where it called no tool there is. */
export function recoverCalls(text: string, tools: readonly ToolSpec[]): Recovered | undefined {
  const pieces = recoveredPieces(text, new KnownTools(tools), { isStart: true, isWhole: false });
  const calls = pieces.flatMap((piece) => (piece.type === 'call' ? [piece.call] : []));
  if (calls.length === 0) return undefined;
  return {
    text: pieces
      .map((piece) => (piece.type === 'text' ? piece.text : ''))
      .join('')
      .trim(),
    calls,
  };
}
