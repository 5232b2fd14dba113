import type { JsonObject } from '@trae-cli/protocol';
import { splitEvery } from './packets.js';
import type { ScriptedCall } from './scripted-call.js';

/** What a model says, whatever the protocol it is asked in. */
export type ModelAnswer = {
  readonly reasoning?: string;
  readonly text?: string;
  readonly calls?: readonly ScriptedCall[];
  /**
   * `stop`, `tool_calls`, `length` and `content_filter` are put into the words of the protocol; any other word is sent
   * as it is. Default: `tool_calls` where there are calls, else `stop`.
   */
  readonly finishReason?: string;
  /** In the words of the protocol. Null: no usage is reported. Default: ten tokens in, five out. */
  readonly usage?: JsonObject | null;
  /** After what is said, and instead of a finish: the service says that it failed, in these words. Streams only. */
  readonly fails?: string;
  /** A stream that stops after what is said, without a finish: closed properly, reset, or silent. */
  readonly breaksOff?: 'end' | 'reset' | 'hang';
  /** Cuts a stream into packets of so many bytes, wherever in a character that may be. */
  readonly packetBytes?: number;
};

/** A new id that begins with the prefix: `call_1`, `call_2`, … over the whole script. */
export type MintId = (prefix: string) => string;

/** How answers are written in one protocol. */
export type AnswerFormat = {
  /** Of a stream. */
  readonly contentType: string;
  /** What a request gets that does not say whether it wants a stream. */
  readonly streamsByDefault: boolean;
  streamOf(answer: ModelAnswer, mintId: MintId): Iterable<string>;
  /** The answer in one piece. */
  bodyOf(answer: ModelAnswer, mintId: MintId): JsonObject;
};

const charactersPerPiece = 7;

/** The words of a protocol for why an answer ended, by the ones that scripts use; a word that is not there is sent as it is. */
export type FinishWords = Readonly<Partial<Record<string, string>>>;

export const finishReasonOf = ({ calls = [], finishReason }: ModelAnswer, words: FinishWords = {}): string => {
  const reason = finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop');
  return words[reason] ?? reason;
};

/** Null where the script wants none reported. */
export const usageOf = ({ usage }: ModelAnswer, otherwise: JsonObject): JsonObject | null =>
  usage === undefined ? otherwise : usage;

/** Whether a stream ends before its finish. */
export const isCutShort = ({ breaksOff, fails }: ModelAnswer): boolean =>
  breaksOff !== undefined || fails !== undefined;

/** Cuts between bytes and mends the characters again: a piece may end anywhere, but not inside a character. */
export function argumentPieces(text: string): readonly string[] {
  const decoder = new TextDecoder();
  return splitEvery(text, charactersPerPiece).map((piece) => decoder.decode(piece, { stream: true }));
}
