import type { JsonObject } from '@trae-cli/protocol';
import { pathOf } from './answer-formats.js';
import type { RecordedRequest } from './recorded-request.js';
import type { RawAnswer } from './server-answer.js';

const openAiList = (ids: readonly string[]): JsonObject => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model', created: 1, owned_by: 'nobody' })),
});

const anthropicList = (ids: readonly string[]): JsonObject => ({
  data: ids.map((id) => ({ id, type: 'model', display_name: id, created_at: '2026-01-01T00:00:00Z' })),
  has_more: false,
  first_id: ids[0] ?? null,
  last_id: ids.at(-1) ?? null,
});

/** The models in the form that the request asks for; undefined where it asks for something else or nobody named any. */
export function listedModels(ids: readonly string[] | undefined, request: RecordedRequest): RawAnswer | undefined {
  if (ids === undefined || request.method !== 'GET' || !pathOf(request).endsWith('/models')) return undefined;
  const isAnthropic = 'anthropic-version' in request.headers;
  return { json: isAnthropic ? anthropicList(ids) : openAiList(ids) };
}
