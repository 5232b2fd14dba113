import type { ErrorCode, JsonValue } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { conversation, told } from './conversation.js';

type Row = {
  readonly entry: string;
  readonly says: string;
  readonly status: number;
  readonly body: JsonValue;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** Has to be in what a person reads. */
  readonly told: RegExp;
};

const rows: readonly Row[] = [
  {
    entry: 'alibaba',
    says: 'a key from another region',
    status: 401,
    body: { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' }, request_id: 'r-1' },
    code: 'credentials_rejected',
    retryable: false,
    told: /one region.*https:\/\/dashscope\.aliyuncs\.com\/compatible-mode\/v1.*dashscope-us/,
  },
  {
    entry: 'alibaba',
    says: 'an error of the gateway, in a shape of its own',
    status: 429,
    body: { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded', request_id: 'r-2' },
    code: 'rate_limited',
    retryable: true,
    told: /request r-2/,
  },
  {
    entry: 'alibaba',
    says: 'free tokens that are used up',
    status: 403,
    body: {
      error: { message: 'The free tier of the model has been exhausted.', code: 'AllocationQuota.FreeTierOnly' },
    },
    code: 'quota_exhausted',
    retryable: false,
    told: /free tier/,
  },
  {
    entry: 'alibaba',
    says: 'a ramp that is too steep',
    status: 429,
    body: { error: { message: 'Request rate increased too quickly.', code: 'limit_requests' } },
    code: 'rate_limited',
    retryable: true,
    told: /too quickly/,
  },
  {
    entry: 'azure',
    says: 'a deployment that is not there',
    status: 404,
    body: { error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' } },
    code: 'model_unknown',
    retryable: false,
    told: /the model is the name of your deployment/,
  },
  {
    entry: 'azure',
    says: 'a path that is not there',
    status: 404,
    body: { error: { code: '404', message: 'Resource not found' } },
    code: 'config_invalid',
    retryable: false,
    told: /Check the base URL/,
  },
  {
    entry: 'azure',
    says: 'a key of another resource',
    status: 401,
    body: { error: { code: '401', message: 'Access denied due to invalid subscription key or wrong API endpoint.' } },
    code: 'credentials_rejected',
    retryable: false,
    told: /portal\.azure\.com/,
  },
  {
    entry: 'azure',
    says: 'a prompt that its filter stopped',
    status: 400,
    body: {
      error: {
        message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        code: 'content_filter',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { hate: { filtered: true } } },
      },
    },
    code: 'answer_filtered',
    retryable: false,
    told: /content management policy/,
  },
  {
    entry: 'novita',
    says: 'a key it does not know',
    status: 401,
    body: { code: 401, reason: 'INVALID_API_KEY', message: 'not authorized', metadata: {} },
    code: 'credentials_rejected',
    retryable: false,
    told: /not authorized.*novita\.ai/,
  },
  {
    entry: 'novita',
    says: 'an empty purse',
    status: 403,
    body: { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance', metadata: {} },
    code: 'quota_exhausted',
    retryable: false,
    told: /not enough balance/,
  },
  {
    entry: 'novita',
    says: 'a model it does not have',
    status: 404,
    body: { code: 404, reason: 'MODEL_NOT_FOUND', message: 'model not found', metadata: {} },
    code: 'model_unknown',
    retryable: false,
    told: /--model/,
  },
  {
    entry: 'google',
    says: 'a full house, in an array',
    status: 503,
    body: [{ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }],
    code: 'provider_unavailable',
    retryable: true,
    told: /The model is overloaded/,
  },
  {
    entry: 'google',
    says: 'a model it does not have',
    status: 404,
    body: [
      { error: { code: 404, message: 'models/gemini-9 is not found for API version v1main.', status: 'NOT_FOUND' } },
    ],
    code: 'model_unknown',
    retryable: false,
    told: /models\/gemini-9/,
  },
  {
    entry: 'doubao',
    says: 'a key it does not know',
    status: 401,
    body: { error: { code: 'AuthenticationError', message: 'The API key is invalid.', type: 'Unauthorized' } },
    code: 'credentials_rejected',
    retryable: false,
    told: /console\.volcengine\.com/,
  },
  {
    entry: 'doubao',
    says: 'a model that was not activated',
    status: 404,
    body: { error: { code: 'ModelNotOpen', message: 'Your account has not activated the model.', type: 'NotFound' } },
    code: 'model_unknown',
    retryable: false,
    told: /have to be activated in the Ark console/,
  },
  {
    entry: 'doubao',
    says: 'an endpoint that is not there',
    status: 400,
    body: { error: { code: 'InvalidEndpointOrModel.NotFound', message: 'ep-1 does not exist.', type: 'NotFound' } },
    code: 'model_unknown',
    retryable: false,
    told: /ep-1/,
  },
  {
    entry: 'doubao',
    says: 'a bill that is overdue',
    status: 403,
    body: { error: { code: 'AccountOverdueError', message: 'The account has an overdue balance.', type: 'Forbidden' } },
    code: 'quota_exhausted',
    retryable: false,
    told: /overdue/,
  },
  {
    entry: 'doubao',
    says: 'words it does not like',
    status: 400,
    body: { error: { code: 'SensitiveContentDetected', message: 'The input may be sensitive.', type: 'BadRequest' } },
    code: 'answer_filtered',
    retryable: false,
    told: /sensitive/,
  },
  {
    entry: 'doubao',
    says: 'too many requests',
    status: 429,
    body: {
      error: { code: 'RateLimitExceeded.EndpointRPMExceeded', message: 'RPM exceeded.', type: 'TooManyRequests' },
    },
    code: 'rate_limited',
    retryable: true,
    told: /RPM/,
  },
  {
    entry: 'together',
    says: 'its limit of spending',
    status: 402,
    body: {
      error: { message: 'You have reached your spending limit.', type: 'credit_limit', code: null, param: null },
    },
    code: 'quota_exhausted',
    retryable: false,
    told: /spending limit/,
  },
  {
    entry: 'deepseek',
    says: 'a model that was retired',
    status: 400,
    body: {
      error: { message: 'Model Not Exist', type: 'invalid_request_error', param: null, code: 'model_not_found' },
    },
    code: 'model_unknown',
    retryable: false,
    told: /Model Not Exist/,
  },
  {
    entry: 'openai_compatible',
    says: 'a name without its vendor, as Orq wants it',
    status: 400,
    body: { error: { message: 'Invalid model format: gpt-4o', type: 'invalid_request_error' } },
    code: 'model_unknown',
    retryable: false,
    told: /--model openai\/gpt-4o/,
  },
];

describe('what only one vendor says is understood', () => {
  test.each(rows)('$entry: $says', async ({ entry, status, body, code, retryable, told: words }) => {
    await using talk = await conversation([{ status, json: body }], { entry });
    const heard = await talk.hear();
    expect(heard.error).toMatchObject({ name: 'TraeError', code, retryable });
    expect(told(heard)).toMatch(words);
    expect(talk.server.requests).toHaveLength(1);
  });
});
