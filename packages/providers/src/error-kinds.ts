import type { ErrorCode } from '@trae-cli/protocol';

type KindRow = {
  readonly code: ErrorCode;
  /** Whether the same request may be sent again by itself. */
  readonly retry: boolean;
  /** What happened, for `docs/errors.md`. */
  readonly means: string;
};

/** What can go wrong between us and a service, finer than our codes: each kind has its own advice. */
export const errorKinds = {
  auth: { code: 'credentials_rejected', retry: false, means: 'The key was refused.' },
  billing: { code: 'quota_exhausted', retry: false, means: 'The account has no money, credit or quota left.' },
  daily_limit: { code: 'quota_exhausted', retry: false, means: 'The allowance of the day is used up.' },
  rate_limit: { code: 'rate_limited', retry: true, means: 'Too many requests or tokens for the moment.' },
  minute_limit: { code: 'rate_limited', retry: false, means: 'This request alone is over the limit per minute.' },
  overloaded: { code: 'provider_unavailable', retry: true, means: 'The service or its model has no capacity now.' },
  server: { code: 'provider_unavailable', retry: true, means: 'The service failed.' },
  network: { code: 'provider_unavailable', retry: true, means: 'The connection failed before an answer began.' },
  refused: { code: 'provider_unavailable', retry: true, means: 'Nobody listens at the address.' },
  unknown_host: { code: 'provider_unavailable', retry: false, means: 'The name of the host is not known.' },
  bad_certificate: { code: 'provider_unavailable', retry: false, means: 'The certificate is not trusted.' },
  timeout: { code: 'stream_broken', retry: true, means: 'The service was silent for longer than the limit.' },
  connection_lost: { code: 'stream_broken', retry: true, means: 'The connection broke during the answer.' },
  stream_truncated: { code: 'stream_broken', retry: true, means: 'The answer ended without its end mark.' },
  malformed: {
    code: 'provider_protocol',
    retry: true,
    means: 'A piece of the answer is not in the format of answers.',
  },
  oversized: { code: 'provider_protocol', retry: false, means: 'The answer, or a piece of it, is beyond all bounds.' },
  web_page: { code: 'provider_protocol', retry: false, means: 'A web page came where an answer was expected.' },
  redirected: {
    code: 'config_invalid',
    retry: false,
    means: 'The address leads elsewhere; the key is not sent there.',
  },
  wrong_address: { code: 'config_invalid', retry: false, means: 'There is no chat service at the address.' },
  not_found: { code: 'model_unknown', retry: false, means: 'The service does not know the model.' },
  context_overflow: { code: 'context_overflow', retry: false, means: 'The conversation is longer than the window.' },
  prompt_truncated: {
    code: 'provider_protocol',
    retry: false,
    means: 'The server has cut the conversation to its own window without a word.',
  },
  out_of_memory: {
    code: 'provider_unavailable',
    retry: false,
    means: 'The model, with the window that was asked for, does not fit into the memory of its machine.',
  },
  request_too_large: { code: 'request_rejected', retry: false, means: 'The request is larger than is allowed.' },
  tool_unsupported: { code: 'request_rejected', retry: false, means: 'The model or the server cannot call tools.' },
  tool_generation: { code: 'provider_protocol', retry: false, means: 'The model wrote a call nobody could parse.' },
  content_filter: { code: 'answer_filtered', retry: false, means: 'A content filter stopped the request.' },
  parameter: { code: 'request_rejected', retry: false, means: 'A parameter was refused and could not be left out.' },
  invalid_request: { code: 'request_rejected', retry: false, means: 'The request was refused.' },
} as const satisfies Record<string, KindRow>;

export type ErrorKind = keyof typeof errorKinds;
