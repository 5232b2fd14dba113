import type { JsonObject } from '@trae-cli/protocol';
import { messagesNotation } from './messages-notation.js';
import {
  type AnswerFormat,
  argumentPieces,
  finishReasonOf,
  type FinishWords,
  isCutShort,
  type MintId,
  type ModelAnswer,
  usageOf,
} from './model-answer.js';
import { argumentsObject, argumentsOf, piecesOf, type ScriptedCall } from './scripted-call.js';

const { E } = messagesNotation;

const finishWords: FinishWords = {
  stop: 'end_turn',
  tool_calls: 'tool_use',
  length: 'max_tokens',
  content_filter: 'refusal',
};

const defaultUsage: JsonObject = { input_tokens: 10, output_tokens: 5 };

/** A block as a stream says it, and as it is when it has been said. */
type Block = { readonly start: JsonObject; readonly deltas: readonly JsonObject[]; readonly whole: JsonObject };

const signature = 'c2lnbmF0dXJl';

const thinkingBlock = (thinking: string): Block => ({
  start: { type: 'thinking', thinking: '', signature: '' },
  deltas: [
    ...piecesOf(thinking).map((piece) => ({ type: 'thinking_delta', thinking: piece })),
    { type: 'signature_delta', signature },
  ],
  whole: { type: 'thinking', thinking, signature },
});

const textBlock = (text: string): Block => ({
  start: { type: 'text', text: '' },
  deltas: piecesOf(text).map((piece) => ({ type: 'text_delta', text: piece })),
  whole: { type: 'text', text },
});

/** The first piece of the input is empty, as the service has it. */
const callBlock = (call: ScriptedCall, id: string): Block => ({
  start: { type: 'tool_use', id, name: call.name, input: {} },
  deltas: ['', ...argumentPieces(argumentsOf(call))].map((piece) => ({
    type: 'input_json_delta',
    partial_json: piece,
  })),
  whole: { type: 'tool_use', id, name: call.name, input: argumentsObject(call) ?? {} },
});

const blocksOf = ({ reasoning = '', text = '', calls = [] }: ModelAnswer, mintId: MintId): readonly Block[] => [
  ...(reasoning === '' ? [] : [thinkingBlock(reasoning)]),
  ...(text === '' ? [] : [textBlock(text)]),
  ...calls.map((call) => callBlock(call, call.id ?? mintId('call'))),
];

const messageWith = (
  id: string,
  content: readonly JsonObject[],
  stop: string | null,
  usage: JsonObject | null,
): JsonObject => ({
  id,
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [...content],
  stop_reason: stop,
  stop_sequence: null,
  ...(usage === null ? {} : { usage }),
});

function* blockEvents({ start, deltas }: Block, index: number): Generator<string, void> {
  yield E('content_block_start', { index, content_block: start });
  for (const delta of deltas) yield E('content_block_delta', { index, delta });
}

/** What is known when nothing has been said yet. */
const firstUsage = (usage: JsonObject): JsonObject => ({ ...usage, output_tokens: 1 });

/** What the end says: of the usage that nobody has written down, only what has changed. */
const lastUsage = ({ usage }: ModelAnswer): JsonObject =>
  usage ?? { output_tokens: defaultUsage['output_tokens'] ?? 0 };

function* streamOf(answer: ModelAnswer, mintId: MintId): Generator<string, void> {
  const usage = usageOf(answer, defaultUsage);
  yield E('message_start', {
    message: messageWith(mintId('msg'), [], null, usage === null ? null : firstUsage(usage)),
  });
  const blocks = blocksOf(answer, mintId);
  for (const [index, block] of blocks.entries()) {
    yield* blockEvents(block, index);
    if (index === 0) yield E('ping');
    if (index < blocks.length - 1 || !isCutShort(answer)) yield E('content_block_stop', { index });
  }
  if (answer.fails !== undefined) yield E('error', { error: { type: 'api_error', message: answer.fails } });
  if (isCutShort(answer)) return;
  const delta = { stop_reason: finishReasonOf(answer, finishWords), stop_sequence: null };
  yield E('message_delta', { delta, ...(usage === null ? {} : { usage: lastUsage(answer) }) });
  yield E('message_stop');
}

const bodyOf = (answer: ModelAnswer, mintId: MintId): JsonObject =>
  messageWith(
    mintId('msg'),
    blocksOf(answer, mintId).map(({ whole }) => whole),
    finishReasonOf(answer, finishWords),
    usageOf(answer, defaultUsage),
  );

/** Answers as Anthropic's Messages. Arguments that are no object have no place in a body, only in a stream. */
export const messagesAnswers: AnswerFormat = {
  contentType: 'text/event-stream',
  streamsByDefault: false,
  streamOf,
  bodyOf,
};
