import type { JsonObject } from '@trae-cli/protocol';
import type { ChatReply, ChatToolCall } from '@trae-cli/wire';
import { chatNotation } from './chat-notation.js';
import {
  type AnswerFormat,
  argumentPieces,
  finishReasonOf,
  isCutShort,
  type MintId,
  type ModelAnswer,
  usageOf,
} from './model-answer.js';
import { argumentsOf, piecesOf, type ScriptedCall } from './scripted-call.js';

const { C, D, F, T, U, data } = chatNotation;

const defaultUsage: JsonObject = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

function* callChunks(call: ScriptedCall, index: number, id: string): Generator<string, void> {
  yield T({ index, id, type: 'function', function: { name: call.name, arguments: '' } });
  for (const piece of argumentPieces(argumentsOf(call))) yield T({ index, function: { arguments: piece } });
}

function* streamOf(answer: ModelAnswer, mintId: MintId): Generator<string, void> {
  yield C({ role: 'assistant', content: '' });
  for (const piece of piecesOf(answer.reasoning ?? '')) yield C({ reasoning_content: piece });
  for (const piece of piecesOf(answer.text ?? '')) yield C({ content: piece });
  for (const [index, call] of (answer.calls ?? []).entries()) yield* callChunks(call, index, call.id ?? mintId('call'));
  if (answer.fails !== undefined)
    yield data({ error: { message: answer.fails, type: 'server_error', param: null, code: null } });
  if (isCutShort(answer)) return;
  yield F({}, finishReasonOf(answer));
  const usage = usageOf(answer, defaultUsage);
  if (usage !== null) yield U(usage);
  yield D;
}

const callBody = (call: ScriptedCall, id: string) =>
  ({
    id,
    type: 'function',
    function: { name: call.name, arguments: argumentsOf(call) },
  }) as const satisfies ChatToolCall;

function bodyOf(answer: ModelAnswer, mintId: MintId): JsonObject {
  const calls = (answer.calls ?? []).map((call) => callBody(call, call.id ?? mintId('call')));
  const message = {
    role: 'assistant',
    content: answer.text ?? null,
    ...(answer.reasoning === undefined ? {} : { reasoning_content: answer.reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  } as const;
  const usage = usageOf(answer, defaultUsage);
  return {
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message, finish_reason: finishReasonOf(answer) }],
    ...(usage === null ? {} : { usage }),
  } satisfies ChatReply;
}

/** Answers as Chat Completions. */
export const chatAnswers: AnswerFormat = {
  contentType: 'text/event-stream',
  streamsByDefault: false,
  streamOf,
  bodyOf,
};
