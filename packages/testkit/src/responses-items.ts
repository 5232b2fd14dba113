import type { JsonObject } from '@trae-cli/protocol';
import { argumentPieces, type MintId, type ModelAnswer } from './model-answer.js';
import { argumentsOf, piecesOf, type ScriptedCall } from './scripted-call.js';

type Event = readonly [type: string, fields: JsonObject];

/** One item of the output: as it is announced, as it is said, and as it is in the end. */
export type OutputItem = {
  readonly begun: JsonObject;
  readonly pieces: readonly Event[];
  readonly ends: readonly Event[];
  readonly whole: JsonObject;
};

function reasoningItem(text: string, id: string): OutputItem {
  const item = { type: 'reasoning', id };
  const at = { summary_index: 0 };
  const deltas = piecesOf(text).map((delta) => ['response.reasoning_summary_text.delta', { ...at, delta }] as const);
  return {
    begun: { ...item, summary: [] },
    pieces: [['response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } }], ...deltas],
    ends: [
      ['response.reasoning_summary_text.done', { ...at, text }],
      ['response.reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } }],
    ],
    whole: { ...item, summary: [{ type: 'summary_text', text }], encrypted_content: 'c2VhbGVk' },
  };
}

function messageItem(text: string, id: string): OutputItem {
  const item = { type: 'message', id, role: 'assistant' };
  const at = { content_index: 0 };
  const part = { type: 'output_text', annotations: [] };
  return {
    begun: { ...item, status: 'in_progress', content: [] },
    pieces: [
      ['response.content_part.added', { ...at, part: { ...part, text: '' } }],
      ...piecesOf(text).map((delta) => ['response.output_text.delta', { ...at, delta }] as const),
    ],
    ends: [
      ['response.output_text.done', { ...at, text }],
      ['response.content_part.done', { ...at, part: { ...part, text } }],
    ],
    whole: { ...item, status: 'completed', content: [{ ...part, text }] },
  };
}

function callItem(call: ScriptedCall, mintId: MintId): OutputItem {
  const call_id = call.id ?? mintId('call');
  const item = { type: 'function_call', id: mintId('fc'), call_id, name: call.name };
  const text = argumentsOf(call);
  return {
    begun: { ...item, status: 'in_progress', arguments: '' },
    pieces: argumentPieces(text).map((delta) => ['response.function_call_arguments.delta', { delta }] as const),
    ends: [['response.function_call_arguments.done', { arguments: text }]],
    whole: { ...item, status: 'completed', arguments: text },
  };
}

/** The items of an answer, in the order a model makes them. */
export const itemsOf = (
  { reasoning = '', text = '', calls = [] }: ModelAnswer,
  mintId: MintId,
): readonly OutputItem[] => [
  ...(reasoning === '' ? [] : [reasoningItem(reasoning, mintId('rs'))]),
  ...(text === '' ? [] : [messageItem(text, mintId('msg'))]),
  ...calls.map((call) => callItem(call, mintId)),
];
