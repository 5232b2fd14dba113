import type { ErrorKind } from '../error-kinds.js';
import { overflowIn } from './overflow.js';
import type { ServiceError } from './service-error.js';

export type Reading = {
  /** `insufficient_quota` means "wait a minute" at this service. */
  readonly quotaIsRate: boolean;
};

type Rule = readonly [ErrorKind, (error: ServiceError, reading: Reading) => boolean];

const says =
  (pattern: RegExp) =>
  ({ words }: ServiceError): boolean =>
    pattern.test(words);

const hasStatus =
  (...statuses: readonly number[]) =>
  ({ status }: ServiceError): boolean =>
    status !== undefined && statuses.includes(status);

const mentionsKey = says(
  /\b(?:api.?key|credential|unauthorized|authentication|permission_error|token is (?:invalid|expired))/i,
);

/** In a stream there is no status: what is wrong stands in the type alone. */
const isTyped =
  (type: RegExp) =>
  ({ details, status }: ServiceError): boolean =>
    status === undefined && type.test(details.type ?? '');

const outOfMoney =
  /insufficient balance|not_enough_balance|credit balance is too low|out of (?:budget|credits)|budget has been exceeded|arrearage|accountoverdue|billing_error|freetieronly|payment_required/i;

/** What web frameworks say about a path nobody serves. */
const noRoute =
  /^(?:404 page |resource )?not found\.?$|invalid url|no route|cannot post|unknown (?:endpoint|path|request url)/i;

/** The first that applies wins, so the special stands before the general. */
const rules: readonly Rule[] = [
  ['content_filter', says(/content[_ ]filter|data_?inspection_?failed|content_policy_violation|sensitivecontent/i)],
  ['content_filter', (error) => error.status === 403 && says(/moderation|flagged/i)(error)],
  ['daily_limit', says(/openrouter_free_tier_daily|free-models-per-day|enforced_spend_limit_reached/i)],
  ['daily_limit', (error) => error.status === 429 && says(/per day\b|\((?:RPD|TPD)\)|PerDay/)(error)],
  ['rate_limit', says(/openrouter_in_flight_budget/)],
  ['context_overflow', (error) => overflowIn(error) !== undefined],
  ['rate_limit', (error, { quotaIsRate }) => quotaIsRate && says(/insufficient_quota/)(error)],
  ['billing', says(/insufficient_quota/)],
  ['billing', hasStatus(402)],
  ['billing', says(outOfMoney)],
  ['auth', hasStatus(401)],
  ['auth', says(/invalid_api_key|api key not valid|incorrect api key|authenticationerror|invalid api key/i)],
  ['auth', (error) => error.status === 403 && mentionsKey(error)],
  ['auth', isTyped(/^(?:authentication|permission)_error$/)],
  // OpenAI has the status of a rate for a single request that is over the limit of a minute.
  ['minute_limit', (error) => error.status === 429 && says(/request too large/i)(error)],
  ['rate_limit', hasStatus(429)],
  ['rate_limit', isTyped(/^rate_limit_error$/)],
  ['minute_limit', (error) => error.status === 413 && says(/rate_limit_exceeded|per minute/i)(error)],
  ['rate_limit', says(/throttling|rate_limit_exceeded|RateLimitError/i)],
  ['tool_generation', says(/tool_use_failed|malformed_function_call/i)],
  [
    'tool_unsupported',
    says(
      /does not support tools|no endpoints found that support tool use|tool calling is not supported|"?auto"? tool choice requires|tools param requires --jinja/i,
    ),
  ],
  ['wrong_address', (error) => error.status === 404 && noRoute.test(error.message)],
  [
    'not_found',
    says(
      /model_not_found|model_decommissioned|is not a valid model id|invalid model\b|invalidendpointormodel|modelnotopen|does not support (?:chat|generate)\b/i,
    ),
  ],
  ['not_found', (error) => says(/\bmodel\b.*(?:not found|does not exist|decommissioned)/i)(error)],
  ['wrong_address', (error) => error.status === 404 && (error.details.message ?? '') === ''],
  ['not_found', hasStatus(404)],
  ['not_found', isTyped(/^not_found_error$/)],
  ['wrong_address', hasStatus(405)],
  ['request_too_large', hasStatus(413)],
  ['out_of_memory', says(/requires more (?:system )?memory/i)],
  ['overloaded', hasStatus(498, 503, 529)],
  ['overloaded', says(/overloaded|provider_unavailable|capacity_exceeded|insufficient_system_resource/i)],
  ['server', hasStatus(408, 409, 425)],
  ['invalid_request', isTyped(/^invalid_request_error$/)],
  ['server', ({ status }) => status === undefined || status >= 500],
  ['parameter', ({ parameters }) => parameters.length > 0],
];

export const kindOf = (error: ServiceError, reading: Reading): ErrorKind =>
  rules.find(([, applies]) => applies(error, reading))?.[0] ?? 'invalid_request';
