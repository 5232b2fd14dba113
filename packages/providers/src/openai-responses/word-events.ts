import type { ItemKind } from './output-item.js';

/** What an event has to say about the words of an item, or about the arguments of a call. */
export type WordEvent = {
  readonly kind: ItemKind;
  /** Where the words are: `delta` has a piece, any other field the whole of a section. */
  readonly field: 'delta' | 'text' | 'refusal' | 'arguments';
  /** Which section of the item it is. */
  readonly index?: 'content_index' | 'summary_index';
  readonly shows?: 'summary' | 'content';
  readonly refuses?: true;
};

const text = { kind: 'message', index: 'content_index' } as const;
const refusal = { ...text, refuses: true } as const;
const summary = { kind: 'reasoning', index: 'summary_index', shows: 'summary' } as const;
const thought = { kind: 'reasoning', index: 'content_index', shows: 'content' } as const;

export const wordEvents: ReadonlyMap<string, WordEvent> = new Map<string, WordEvent>([
  ['response.output_text.delta', { ...text, field: 'delta' }],
  ['response.output_text.done', { ...text, field: 'text' }],
  ['response.refusal.delta', { ...refusal, field: 'delta' }],
  ['response.refusal.done', { ...refusal, field: 'refusal' }],
  ['response.reasoning_summary_text.delta', { ...summary, field: 'delta' }],
  ['response.reasoning_summary_text.done', { ...summary, field: 'text' }],
  ['response.reasoning_text.delta', { ...thought, field: 'delta' }],
  ['response.reasoning_text.done', { ...thought, field: 'text' }],
  ['response.function_call_arguments.delta', { kind: 'function_call', field: 'delta' }],
  ['response.function_call_arguments.done', { kind: 'function_call', field: 'arguments' }],
]);
