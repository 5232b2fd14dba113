import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import type { Failure } from '../../src/errors/failure.js';
import { oddText } from './odd-json.js';
import type { Random } from '@trae-cli/testkit';

const named: JsonObject = { message: 'try again in 5s', type: 'rate_limit_exceeded', param: 'top_p', code: 429 };
const routed: JsonObject = {
  message: 'Provider returned error: free-models-per-day',
  code: '429',
  metadata: {
    error_type: 'x',
    provider_name: 'P',
    raw: '{"error":{"message":"maximum context length is 4096 tokens"}}',
    headers: { 'X-RateLimit-Reset': '1790000000000' },
  },
};

const bodies: readonly [JsonValue, ...JsonValue[]] = [
  { error: named, request_id: 'r' },
  { error: routed },
  { error: 'no such model' },
  { detail: [{ loc: ['body', 'stream_options'], msg: 'extra fields', type: 'x' }] },
  [{ error: { code: 429, message: 'PerDay', status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '17s' }] } }],
  { error: { message: 'exceeds the available context size', n_ctx: 4096, n_prompt_tokens: 5000 } },
  { message: 'model not found', code: 'model_not_found', reason: 'x', type: 'y' },
];

const statuses: readonly [number, ...number[]] = [400, 401, 402, 403, 404, 413, 422, 429, 500, 503, 529];
const waits: readonly [string, ...string[]] = [
  '5',
  '-1',
  '1e400',
  'soon',
  'Fri, 01 May 2099 12:00:00 GMT',
  '9'.repeat(400),
];

/** An answer that is no success, with oddities anywhere in it. */
export function mutatedError(random: Random): Failure {
  const wait = random.pick(waits);
  const headers = { 'retry-after': wait, 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': `${wait}s` };
  return {
    type: 'answered',
    status: random.pick(statuses),
    headers: random.chance(1 / 2) ? {} : headers,
    body: oddText(random.pick(bodies), random),
  };
}
