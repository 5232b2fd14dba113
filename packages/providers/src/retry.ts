import { type ErrorCode, type Model, type ModelEvent, type ModelRequest, TraeError } from '@trae-cli/protocol';
import type { ProviderDependencies } from './entry.js';
import { codesIn } from './errors/connection.js';
import { describeWait } from './errors/wording.js';

export type RetryPolicy = {
  /** Attempts after the first. */
  readonly maxRetries: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** A service that asks for more than this is not waited for. */
  readonly longestHintMs: number;
  /** Nobody listening, and nobody to ask for a name, rarely change within seconds: attempts after the first. */
  readonly maxRefusedRetries: number;
  /** What stays as it is, and the service asks to send again all the same: attempts after the first. */
  readonly maxInsistedRetries: number;
};

export const defaultRetryPolicy: RetryPolicy = {
  maxRetries: 10,
  firstWaitMs: 500,
  longestWaitMs: 30_000,
  longestHintMs: 60_000,
  maxRefusedRetries: 2,
  maxInsistedRetries: 2,
};

/** A refused connection, and a name that cannot be looked up for the moment. */
const refusals: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EAI_AGAIN']);

/** A quarter more or less, so that many clients do not come back at the same moment. */
const jittered = (waitMs: number, random: number): number => waitMs * (0.75 + 0.5 * random);

/** Refusals that no time heals; only a service's `x-should-retry: true` makes one retryable. */
const lasting: ReadonlySet<ErrorCode> = new Set([
  'config_invalid',
  'model_unknown',
  'credentials_rejected',
  'request_rejected',
  'context_overflow',
  'quota_exhausted',
]);

/** Attempts after the first that are worth making after such an error. */
function mostRetries({ cause, code }: TraeError, policy: RetryPolicy): number {
  if (codesIn(cause).some((code) => refusals.has(code))) return Math.min(policy.maxRefusedRetries, policy.maxRetries);
  if (lasting.has(code)) return Math.min(policy.maxInsistedRetries, policy.maxRetries);
  return policy.maxRetries;
}

/** How long to wait before the given retry, counted from one, or undefined where it is not to be. */
function waitBefore(retry: number, error: TraeError, policy: RetryPolicy, random: () => number): number | undefined {
  if (!error.retryable || retry > mostRetries(error, policy)) return undefined;
  if (error.retryAfterMs !== undefined) return error.retryAfterMs;
  const backoff = Math.min(policy.firstWaitMs * 2 ** (retry - 1), policy.longestWaitMs);
  return Math.round(jittered(backoff, random()));
}

const withFullStop = (sentence: string): string => (/[.!?)]$/.test(sentence) ? sentence : `${sentence}.`);

/** A service that wants to be left alone for long: waiting is for the person to decide. */
function tooLong({ code, message, hint, retryAfterMs = 0, cause }: TraeError): TraeError {
  return new TraeError(code, `${withFullStop(message)} The service asks to wait ${describeWait(retryAfterMs)}.`, {
    retryable: false,
    retryAfterMs,
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

class RetryingModel implements Model {
  readonly #model: Model;
  readonly #policy: RetryPolicy;
  readonly #dependencies: ProviderDependencies;

  constructor(model: Model, policy: RetryPolicy, dependencies: ProviderDependencies) {
    this.#model = model;
    this.#policy = policy;
    this.#dependencies = dependencies;
  }

  get ref(): Model['ref'] {
    return this.#model.ref;
  }

  get traits(): Model['traits'] {
    return this.#model.traits;
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    for (let retry = 1; ; retry += 1) {
      try {
        yield* this.#model.stream(request, signal);
        return;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const waitMs = this.#waitAfter(error, retry);
        const { code, message } = error as TraeError;
        yield { type: 'retrying', attempt: retry, waitMs, reason: code, message };
        await this.#dependencies.clock.sleep(waitMs, signal);
      }
    }
  }

  /** Throws where nobody tries again. */
  #waitAfter(error: unknown, retry: number): number {
    if (!(error instanceof TraeError)) throw error;
    const waitMs = waitBefore(retry, error, this.#policy, () => this.#dependencies.random());
    if (waitMs === undefined) throw error;
    if (waitMs > this.#policy.longestHintMs) throw tooLong(error);
    return waitMs;
  }
}

/** Tries again on retryable errors. A `retrying` event voids everything the turn has said so far. */
export const withRetry = (model: Model, policy: RetryPolicy, dependencies: ProviderDependencies): Model =>
  new RetryingModel(model, policy, dependencies);
