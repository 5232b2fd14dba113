import { createRedactor, TraeError } from '@trae-cli/protocol';
import { withoutQuery } from '../base-url.js';
import { turnUrl } from '../endpoint.js';
import { type ErrorKind, errorKinds } from '../error-kinds.js';
import { ToolsUnsupported } from '../prompted/tools-unsupported.js';
import { kindOf, type Reading } from './classify.js';
import { connectionProblem } from './connection.js';
import type { Failure } from './failure.js';
import { hintFor, type Occasion, plainHttpHint, signInHint, truncationHint } from './hints.js';
import { overflowIn } from './overflow.js';
import { type ServiceError, serviceErrorFrom } from './service-error.js';
import { resetTime, waitAskedFor } from './waits.js';
import { describeWait, maskKeys, plainText } from './wording.js';

type Judgement = {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
  /** Where the advice of the kind does not fit. */
  readonly hint?: string;
  /** The window in tokens, where the service told it. */
  readonly window?: number;
};

/** When and of whom a failure is told. */
export type Context = Occasion & Reading;

function judgedError(error: ServiceError, lead: string, context: Context): Judgement {
  const kind = kindOf(error, context);
  const window = overflowIn(error)?.window;
  const reset = kind === 'daily_limit' ? resetTime(error) : undefined;
  const isFollowed = reset !== undefined || window !== undefined;
  const stop = isFollowed && /[^.!?…]$/.test(error.message) ? '.' : '';
  const said = error.message === '' ? '.' : `: ${error.message}${stop}`;
  return {
    kind,
    message: [
      `${lead}${said}`,
      ...(reset === undefined ? [] : [`It starts again at ${reset.toISOString()}.`]),
      ...(window === undefined ? [] : [`The window is ${window} tokens.`]),
    ].join(' '),
    ...(window === undefined ? {} : { window }),
  };
}

function judgedAnswer(failure: Extract<Failure, { type: 'answered' }>, host: string, context: Context): Judgement {
  const { status, headers, body } = failure;
  const error = serviceErrorFrom(body, status);
  const verdict = judgedError(error, `HTTP ${status} from ${host}`, context);
  const requestId = headers['x-request-id'] ?? headers['request-id'] ?? error.requestId;
  const mayRetry = headers['x-should-retry'];
  const retryAfterMs = waitAskedFor(headers, error);
  const hint = status === 401 ? signInHint(body) : undefined;
  return {
    ...verdict,
    ...(hint === undefined ? {} : { hint }),
    message: `${verdict.message}${requestId === undefined ? '' : ` (request ${plainText(requestId)})`}`,
    ...(mayRetry === 'true' || mayRetry === 'false' ? { retryable: mayRetry === 'true' } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function judgedReport(failure: Extract<Failure, { type: 'reported' }>, host: string, context: Context): Judgement {
  const error = serviceErrorFrom(failure.body);
  const retryAfterMs = waitAskedFor({}, error);
  const lead = `${host} reported ${error.status === undefined ? 'an error' : `error ${error.status}`} in its answer`;
  return { ...judgedError(error, lead, context), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function judgedTruncation(failure: Extract<Failure, { type: 'prompt_truncated' }>, host: string): Judgement {
  const { asked, kept, sent } = failure;
  return {
    kind: 'prompt_truncated',
    message: `${host} keeps only ${kept} tokens of the about ${sent} that were sent, although a window of ${asked} was asked for. The answer was dropped, and nothing of it was run.`,
    hint: truncationHint(failure),
  };
}

function judgedConnection(
  { cause }: Extract<Failure, { type: 'unreachable' }>,
  host: string,
  context: Context,
): Judgement {
  const { hint, kind, lacksTls, words } = connectionProblem(cause);
  const advice = lacksTls ? plainHttpHint(context) : hint;
  return { kind, message: `${host} ${words}.`, cause, ...(advice === undefined ? {} : { hint: advice }) };
}

function judged(failure: Failure, context: Context): Judgement {
  const { endpoint, apiFormat } = context;
  const { baseUrl } = endpoint;
  const { host } = new URL(baseUrl);
  switch (failure.type) {
    case 'answered':
      return judgedAnswer(failure, host, context);
    case 'reported':
      return judgedReport(failure, host, context);
    case 'gave_up': {
      const error = serviceErrorFrom({ message: failure.reason });
      const lead = `${host} gave up its answer with the reason`;
      return { ...judgedError(error, lead, context), retryable: true };
    }
    case 'unreachable':
      return judgedConnection(failure, host, context);
    case 'broken':
      return {
        kind: 'connection_lost',
        message: `The connection to ${host} broke in the middle of an answer.`,
        cause: failure.cause,
      };
    case 'silent': {
      const what = failure.phase === 'headers' ? 'did not begin to answer' : 'stopped in the middle of its answer';
      return { kind: 'timeout', message: `${host} ${what} and said nothing for ${describeWait(failure.limitMs)}.` };
    }
    case 'truncated':
      return { kind: 'stream_truncated', message: `The answer of ${host} ended before it was complete.` };
    case 'overflowed':
      return {
        kind: 'context_overflow',
        message: `${host} had no room left for an answer: the conversation fills the window.`,
      };
    case 'prompt_truncated':
      return judgedTruncation(failure, host);
    case 'malformed':
      return {
        kind: 'malformed',
        message: `${host} sent something that is not in the format of answers: ${plainText(failure.text)}`,
      };
    case 'oversized':
      return { kind: 'oversized', message: `${host} sent more than ${failure.what}.` };
    case 'web_page': {
      const form = failure.contentType === '' ? 'no content type' : plainText(failure.contentType);
      return {
        kind: 'web_page',
        message: `${withoutQuery(turnUrl(endpoint, apiFormat))} answered with a web page (${form}).`,
      };
    }
    case 'redirected':
      return {
        kind: 'redirected',
        message: `HTTP ${failure.status} from ${host}: the service is said to be at ${failure.location}, and the key was not sent there.`,
      };
    default:
      return failure satisfies never;
  }
}

export type Translation = { readonly error: TraeError; readonly window?: number };

/** A failure as the error that people see: masked, with advice, and with what a retry needs to know. */
export function translate(failure: Failure, context: Context): Translation {
  const { kind, message, hint, retryable, retryAfterMs, cause, window } = judged(failure, context);
  const { key } = context.endpoint;
  const redactor = createRedactor(key === undefined ? [] : [key]);
  const error = new TraeError(errorKinds[kind].code, maskKeys(redactor.redact(message)), {
    hint: hint ?? hintFor(kind, context, message),
    retryable: retryable ?? errorKinds[kind].retry,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(kind === 'tool_unsupported' ? { cause: new ToolsUnsupported() } : cause === undefined ? {} : { cause }),
  });
  return { error, ...(window === undefined ? {} : { window }) };
}
