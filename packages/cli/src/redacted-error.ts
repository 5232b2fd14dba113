import { type Redactor, TraeError } from '@trae-cli/protocol';

/** The same error without a key in its words: services and proxies like to quote what they refuse. */
export function redactedError(error: unknown, redactor: Redactor): unknown {
  if (!(error instanceof TraeError)) return error;
  const { cause, code, hint, message, retryAfterMs, retryable } = error;
  return new TraeError(code, redactor.redact(message), {
    retryable,
    ...(hint === undefined ? {} : { hint: redactor.redact(hint) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
}
