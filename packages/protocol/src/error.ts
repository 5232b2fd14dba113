/** Exit status of the command line, HTTP status at the gateway, and whether a retry can help by default. */
export const errorTable = {
  usage: { exit: 2, http: 400, retry: false },
  config_invalid: { exit: 2, http: 500, retry: false },
  untrusted: { exit: 2, http: 500, retry: false },
  model_unknown: { exit: 2, http: 404, retry: false },
  credentials_missing: { exit: 3, http: 500, retry: false },
  credentials_rejected: { exit: 3, http: 502, retry: false },
  request_rejected: { exit: 4, http: 400, retry: false },
  context_overflow: { exit: 4, http: 400, retry: false },
  quota_exhausted: { exit: 4, http: 429, retry: false },
  rate_limited: { exit: 4, http: 429, retry: true },
  provider_unavailable: { exit: 4, http: 503, retry: true },
  stream_broken: { exit: 4, http: 502, retry: true },
  provider_protocol: { exit: 4, http: 502, retry: false },
  answer_truncated: { exit: 1, http: 502, retry: false },
  answer_filtered: { exit: 4, http: 502, retry: false },
  replay_diverged: { exit: 1, http: 500, retry: false },
  internal: { exit: 70, http: 500, retry: false },
} as const satisfies Record<string, { exit: number; http: number; retry: boolean }>;

export type ErrorCode = keyof typeof errorTable;

export type ErrorRecord = { readonly code: ErrorCode; readonly message: string; readonly hint?: string };

export type TraeErrorOptions = {
  readonly hint?: string;
  /** How long the service asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Overrides the table's default: retryability is a property of the error. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
};

/** The one error class: a code from the table, what happened, and what to do about it. */
export class TraeError extends Error {
  override readonly name = 'TraeError';
  readonly code: ErrorCode;
  /** What to do about it, in the imperative. */
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: TraeErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.retryAfterMs = options.retryAfterMs;
    this.retryable = options.retryable ?? errorTable[code].retry;
  }

  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, ...(this.hint === undefined ? {} : { hint: this.hint }) };
  }
}

/** The words of whatever was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Whatever was thrown, as a TraeError: what is not one already is a bug of ours. */
export function asTraeError(thrown: unknown): TraeError {
  if (thrown instanceof TraeError) return thrown;
  return new TraeError('internal', messageOf(thrown), { cause: thrown });
}
