import type { JsonObject } from '@trae-cli/protocol';
import type { ChatReply, ChatToolCall } from '@trae-cli/wire';
import { chatNotation } from './chat-notation.js';
import { splitEvery } from './packets.js';
import { argumentsOf, piecesOf, type ScriptedCall } from './scripted-call.js';

/** What a model says, whatever the protocol it is asked in. */
export type ModelAnswer = {
  readonly reasoning?: string;
  readonly text?: string;
  readonly calls?: readonly ScriptedCall[];
  /** Default: `tool_calls` where there are calls, else `stop`. */
  readonly finishReason?: string;
  /** In the words of the protocol. Null: no usage is reported. Default: ten tokens in, five out. */
  readonly usage?: JsonObject | null;
  /** A stream that stops after what is said, without a finish: closed properly, reset, or silent. */
  readonly breaksOff?: 'end' | 'reset' | 'hang';
  /** Cuts a stream into packets of so many bytes, wherever in a character that may be. */
  readonly packetBytes?: number;
};

const { C, D, F, T, U } = chatNotation;

const charactersPerPiece = 7;

const defaultUsage: JsonObject = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

const usageOf = (answer: ModelAnswer): JsonObject | null => (answer.usage === undefined ? defaultUsage : answer.usage);

const finishReasonOf = ({ calls = [], finishReason }: ModelAnswer): string =>
  finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop');

/** Cuts between bytes and mends the characters again: a piece may end anywhere, but not inside a character. */
function argumentPieces(text: string): readonly string[] {
  const decoder = new TextDecoder();
  return splitEvery(text, charactersPerPiece).map((piece) => decoder.decode(piece, { stream: true }));
}

function* callChunks(call: ScriptedCall, index: number, id: string): Generator<string, void> {
  yield T({ index, id, type: 'function', function: { name: call.name, arguments: '' } });
  for (const piece of argumentPieces(argumentsOf(call))) yield T({ index, function: { arguments: piece } });
}

/** The answer as the chunks of a well-formed Chat Completions stream. */
export function* chatStreamOf(answer: ModelAnswer, mintId: () => string): Generator<string, void> {
  yield C({ role: 'assistant', content: '' });
  for (const piece of piecesOf(answer.reasoning ?? '')) yield C({ reasoning_content: piece });
  for (const piece of piecesOf(answer.text ?? '')) yield C({ content: piece });
  for (const [index, call] of (answer.calls ?? []).entries()) yield* callChunks(call, index, call.id ?? mintId());
  if (answer.breaksOff !== undefined) return;
  yield F({}, finishReasonOf(answer));
  const usage = usageOf(answer);
  if (usage !== null) yield U(usage);
  yield D;
}

/** The answer as one Chat Completions body, for those who did not ask for a stream. */
export function chatBodyOf(answer: ModelAnswer, mintId: () => string): JsonObject {
  const calls = (answer.calls ?? []).map((call) => callBody(call, call.id ?? mintId()));
  const message = {
    role: 'assistant',
    content: answer.text ?? null,
    ...(answer.reasoning === undefined ? {} : { reasoning_content: answer.reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  } as const;
  const usage = usageOf(answer);
  return {
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message, finish_reason: finishReasonOf(answer) }],
    ...(usage === null ? {} : { usage }),
  } satisfies ChatReply;
}

const callBody = (call: ScriptedCall, id: string) =>
  ({
    id,
    type: 'function',
    function: { name: call.name, arguments: argumentsOf(call) },
  }) as const satisfies ChatToolCall;
