import { type Clock, formatCount, type ModelEvent, type Usage } from '@trae-cli/protocol';
import type { CatalogEntry, PaceLimits, ProviderSettings } from '../entry.js';
import { describeWait } from '../errors/wording.js';
import { type Allowance, readAllowances } from './allowances.js';
import { MinuteWindow } from './minute-window.js';

type Waiting = Extract<ModelEvent, { type: 'waiting' }>;
type Kind = Allowance['of'];

/** Sends no faster than a service takes requests; shared by everybody who sends to it with one key. */
export interface Pace {
  /**
   * Ends as soon as a request of about so many tokens may be sent, and reckons with it from then on. Says what it waits
   * for; throws the reason of the signal at once when that is aborted.
   */
  admit(request: { readonly tokens: number }, signal: AbortSignal): AsyncGenerator<Waiting, void>;
  /** What the headers of an answer, good or bad, say of the allowance. Names are in lower case. */
  hear(headers: Readonly<Record<string, string>>): void;
  /** What the youngest request really took, where only an estimate is known of it. */
  learn(usage: Usage): void;
}

export type PaceOptions = {
  /** As messages name it. */
  readonly service: string;
  /** What the person has set. */
  readonly limits?: PaceLimits | undefined;
  /** What the free tier is said to let through; gives way to what the service says itself. */
  readonly freeLimits?: PaceLimits | undefined;
  /** What the service's header for requests counts. */
  readonly requestsSpan?: 'minute' | 'day' | undefined;
  readonly clock: Clock;
};

type Hold = { readonly waitMs: number; readonly reason: string };

const kinds: readonly Kind[] = ['requests', 'tokens'];
const fields = { requests: 'requestsPerMinute', tokens: 'tokensPerMinute' } as const;
const keys = { requests: 'requests_per_minute', tokens: 'tokens_per_minute' } as const;

/** An allowance that is renewed later than this is not waited for: the request is sent, and the answer tells. */
const longestResetMs = 60_000;
/** A timer may be early by as much. */
const timerSlackMs = 2;

/**
 * A queue such as p-throttle will not do: it keeps time by itself, cannot be told by an answer to hold back, weighs a
 * request before it is known what that took, and cannot say how long the next one has to wait.
 */
class ServicePace implements Pace {
  readonly #options: PaceOptions;
  readonly #windows = { requests: new MinuteWindow(), tokens: new MinuteWindow() };
  /** What the service says of the current minute itself. */
  readonly #told = new Set<Kind>();
  /** By the header that said that nothing remains. */
  readonly #renewals = new Map<string, { readonly of: Kind; readonly at: number }>();

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  async *admit({ tokens }: { readonly tokens: number }, signal: AbortSignal): AsyncGenerator<Waiting, void> {
    const { clock } = this.#options;
    const amounts = { requests: 1, tokens };
    for (;;) {
      signal.throwIfAborted();
      const { waitMs, reason } = this.#hold(amounts);
      if (waitMs <= timerSlackMs) break;
      const message = `${reason}: the next request goes in ${describeWait(waitMs)}.`;
      yield { type: 'waiting', waitMs, message };
      await clock.sleep(waitMs, signal);
    }
    for (const kind of kinds) this.#windows[kind].add(amounts[kind], clock.now());
  }

  hear(headers: Readonly<Record<string, string>>): void {
    const now = this.#options.clock.now();
    for (const { name, of, remaining, resetMs } of readAllowances(headers)) {
      if (of === 'tokens' || this.#options.requestsSpan !== 'day') this.#told.add(of);
      if (remaining > 0 || resetMs === undefined || resetMs > longestResetMs) this.#renewals.delete(name);
      else this.#renewals.set(name, { of, at: now + resetMs });
    }
  }

  learn({ input, output, cacheRead, cacheWrite }: Usage): void {
    this.#windows.tokens.correct(input + output + cacheRead + cacheWrite);
  }

  /** The longest of all the waits. */
  #hold(amounts: Readonly<Record<Kind, number>>): Hold {
    const { service } = this.#options;
    const now = this.#options.clock.now();
    const holds = kinds.flatMap((kind) => this.#ownHold(kind, amounts[kind], now));
    for (const { of, at } of this.#renewals.values())
      holds.push({ waitMs: Math.ceil(at - now), reason: `${service} says that no ${of} are left for the moment` });
    return holds.reduce((longest, hold) => (hold.waitMs > longest.waitMs ? hold : longest), { waitMs: 0, reason: '' });
  }

  #ownHold(kind: Kind, amount: number, now: number): readonly Hold[] {
    const { limits, freeLimits, service } = this.#options;
    const set = limits?.[fields[kind]];
    const limit = set ?? (this.#told.has(kind) ? undefined : freeLimits?.[fields[kind]]);
    if (limit === undefined) return [];
    const waitMs = Math.ceil(this.#windows[kind].waitFor(amount, limit, now));
    const count = `${formatCount(limit)} ${limit === 1 ? kind.slice(0, -1) : kind}`;
    const reason =
      set === undefined
        ? `The free tier of ${service} lets ${count} a minute through`
        : `${keys[kind]} lets ${count} a minute through to ${service}`;
    return [{ waitMs, reason }];
  }
}

export const createPace = (options: PaceOptions): Pace => new ServicePace(options);

/** The pace for a service as the entry and the person describe it. */
export function paceFor(
  { displayName, freeLimits, requestsSpan }: Pick<CatalogEntry, 'displayName' | 'freeLimits' | 'requestsSpan'>,
  settings: Pick<ProviderSettings, 'displayName' | 'pace' | 'tier'>,
  clock: Clock,
): Pace {
  return createPace({
    service: settings.displayName ?? displayName,
    limits: settings.pace,
    freeLimits: settings.tier === 'free' ? freeLimits : undefined,
    requestsSpan,
    clock,
  });
}
