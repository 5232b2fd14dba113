import type { JsonObject } from '@trae-cli/protocol';
import type { OutputItem } from './output-item.js';
import { objectsIn, textIn } from './read-event.js';

export function partsOf(item: JsonObject, field: 'content' | 'summary'): readonly JsonObject[] {
  const parts = item[field];
  return typeof parts === 'string' ? [{ text: parts }] : objectsIn(parts);
}

const textsOf = (item: JsonObject, field: 'content' | 'summary'): readonly string[] =>
  partsOf(item, field).map((part) => textIn(part, 'text') ?? textIn(part, 'refusal') ?? '');

/** The texts of a whole item as they are shown: of reasoning the summary, and the thought itself where there is none. */
export function shownSections(item: OutputItem, whole: JsonObject): readonly string[] {
  if (item.kind === 'message') return textsOf(whole, 'content');
  const summary = textsOf(whole, 'summary');
  item.shows ??= summary.some((text) => text !== '') ? 'summary' : 'content';
  return item.shows === 'summary' ? summary : textsOf(whole, 'content');
}

/** Nothing is stored, so reasoning without its content is only a name, which the service would not know. */
export const isWorthReturning = (whole: JsonObject): boolean =>
  textIn(whole, 'encrypted_content') !== undefined || partsOf(whole, 'content').length > 0;
