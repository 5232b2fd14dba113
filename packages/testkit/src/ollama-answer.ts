import type { JsonObject } from '@trae-cli/protocol';
import {
  type AnswerFormat,
  finishReasonOf,
  type FinishWords,
  isCutShort,
  type MintId,
  type ModelAnswer,
  usageOf,
} from './model-answer.js';
import { ollamaNotation } from './ollama-notation.js';
import { argumentsObject, argumentsOf, piecesOf, type ScriptedCall } from './scripted-call.js';

const { N } = ollamaNotation;

/** This server never says that it ended for its calls. */
const finishWords: FinishWords = { tool_calls: 'stop' };

const defaultUsage: JsonObject = { prompt_eval_count: 10, eval_count: 5 };

const callOf = (call: ScriptedCall, index: number, id: string): JsonObject => ({
  id,
  function: { index, name: call.name, arguments: argumentsObject(call) ?? argumentsOf(call) },
});

const callsOf = ({ calls = [] }: ModelAnswer, mintId: MintId): readonly JsonObject[] =>
  calls.map((call, index) => callOf(call, index, call.id ?? mintId('call')));

const lineWith = (message: JsonObject, more: JsonObject): JsonObject => ({
  model: 'm',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content: '', ...message },
  ...more,
});

const said = (message: JsonObject): string => N(lineWith(message, { done: false }));

const endOf = (answer: ModelAnswer): JsonObject => ({
  done: true,
  done_reason: finishReasonOf(answer, finishWords),
  total_duration: 5_000_000,
  load_duration: 1,
  ...usageOf(answer, defaultUsage),
});

function* streamOf(answer: ModelAnswer, mintId: MintId): Generator<string, void> {
  for (const piece of piecesOf(answer.reasoning ?? '')) yield said({ thinking: piece });
  for (const piece of piecesOf(answer.text ?? '')) yield said({ content: piece });
  for (const call of callsOf(answer, mintId)) yield said({ tool_calls: [call] });
  if (answer.fails !== undefined) yield N({ error: answer.fails });
  if (!isCutShort(answer)) yield N(lineWith({}, endOf(answer)));
}

function bodyOf(answer: ModelAnswer, mintId: MintId): JsonObject {
  const { reasoning, text = '' } = answer;
  const calls = callsOf(answer, mintId);
  const message = {
    content: text,
    ...(reasoning === undefined ? {} : { thinking: reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: [...calls] }),
  };
  return lineWith(message, endOf(answer));
}

/** Answers as Ollama's own protocol. Arguments that are no object, which no such server sends, are sent as text. */
export const ollamaAnswers: AnswerFormat = {
  contentType: 'application/x-ndjson',
  streamsByDefault: true,
  streamOf,
  bodyOf,
};
