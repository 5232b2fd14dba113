import type { JsonObject } from '@trae-cli/protocol';
import {
  type AnswerFormat,
  finishReasonOf,
  isCutShort,
  type MintId,
  type ModelAnswer,
  usageOf,
} from './model-answer.js';
import { itemsOf, type OutputItem } from './responses-items.js';
import { responsesNotation } from './responses-notation.js';

const { R } = responsesNotation;

const defaultUsage: JsonObject = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 15,
};

const replyWith = (id: string, fields: JsonObject): JsonObject => ({
  id,
  object: 'response',
  created_at: 1,
  model: 'm',
  error: null,
  incomplete_details: null,
  output: [],
  usage: null,
  ...fields,
});

/** There is no word for a good end here, and one for each of the others. */
function endOf(answer: ModelAnswer): JsonObject & { readonly status: string } {
  const reason = finishReasonOf(answer, { length: 'max_output_tokens' });
  if (reason === 'stop' || reason === 'tool_calls') return { status: 'completed' };
  return { status: 'incomplete', incomplete_details: { reason } };
}

const wholeReply = (id: string, answer: ModelAnswer, items: readonly OutputItem[]): JsonObject =>
  replyWith(id, {
    ...endOf(answer),
    output: items.map(({ whole }) => whole),
    usage: usageOf(answer, defaultUsage),
  });

type Event = readonly [type: string, fields: JsonObject];

function* itemEvents({ begun, pieces, ends, whole }: OutputItem, output_index: number): Generator<Event, void> {
  const ofItem = { item_id: whole['id'] ?? null, output_index };
  yield ['response.output_item.added', { output_index, item: begun }];
  for (const [type, fields] of pieces) yield [type, { ...ofItem, ...fields }];
  for (const [type, fields] of ends) yield [type, { ...ofItem, ...fields }];
  yield ['response.output_item.done', { output_index, item: whole }];
}

/** The events of an item whose end nobody heard. */
const brokenOff = (item: OutputItem, index: number): readonly Event[] =>
  [...itemEvents(item, index)].slice(0, item.pieces.length + 1);

function failure(id: string, message: string): Event {
  const error = { code: 'server_error', message };
  return ['response.failed', { response: replyWith(id, { status: 'failed', error }) }];
}

function* eventsOf(answer: ModelAnswer, mintId: MintId): Generator<Event, void> {
  const id = mintId('resp');
  const items = itemsOf(answer, mintId);
  yield ['response.created', { response: replyWith(id, { status: 'in_progress' }) }];
  yield ['response.in_progress', { response: replyWith(id, { status: 'in_progress' }) }];
  for (const [index, item] of items.entries()) {
    if (isCutShort(answer) && index === items.length - 1) yield* brokenOff(item, index);
    else yield* itemEvents(item, index);
  }
  if (answer.fails !== undefined) yield failure(id, answer.fails);
  if (isCutShort(answer)) return;
  yield [`response.${endOf(answer).status}`, { response: wholeReply(id, answer, items) }];
}

function* streamOf(answer: ModelAnswer, mintId: MintId): Generator<string, void> {
  let sequence_number = 0;
  for (const [type, fields] of eventsOf(answer, mintId)) {
    yield R(type, { sequence_number, ...fields });
    sequence_number += 1;
  }
}

/** Answers as OpenAI's Responses. */
export const responsesAnswers: AnswerFormat = {
  contentType: 'text/event-stream',
  streamsByDefault: false,
  streamOf,
  bodyOf: (answer, mintId) => wholeReply(mintId('resp'), answer, itemsOf(answer, mintId)),
};
