import { durationMs } from '@trae-cli/protocol';

type Headers = Readonly<Record<string, string>>;

export type Allowance = {
  /** The name of its header for what remains. */
  readonly name: string;
  readonly of: 'requests' | 'tokens';
  readonly remaining: number;
  /** Milliseconds from the answer until it is renewed; undefined where nobody can tell. */
  readonly resetMs: number | undefined;
};

type Family = {
  readonly of: Allowance['of'];
  readonly limit: string;
  readonly remaining: string;
  readonly reset: string;
};

const parts = (of: Allowance['of'], nameOf: (part: string) => string): Family => ({
  of,
  limit: nameOf('limit'),
  remaining: nameOf('remaining'),
  reset: nameOf('reset'),
});

/** OpenAI, Azure and Groq; OpenRouter and Together; Together; Anthropic. */
const families: readonly Family[] = [
  parts('requests', (part) => `x-ratelimit-${part}-requests`),
  parts('tokens', (part) => `x-ratelimit-${part}-tokens`),
  parts('requests', (part) => `x-ratelimit-${part}`),
  parts('tokens', (part) => `x-tokenlimit-${part}`),
  parts('requests', (part) => `anthropic-ratelimit-requests-${part}`),
  parts('tokens', (part) => `anthropic-ratelimit-tokens-${part}`),
  parts('tokens', (part) => `anthropic-ratelimit-input-tokens-${part}`),
  parts('tokens', (part) => `anthropic-ratelimit-output-tokens-${part}`),
];

/** Larger numbers are moments: seconds since 1970, or milliseconds. */
const mostSeconds = 1e8;
const leastMilliseconds = 1e11;

/** A moment in milliseconds since 1970, or a length of time. */
function resetIn(text: string, headers: Headers): number | undefined {
  // The moment is one of the service's own clock, which every answer names: that of this machine may be wrong.
  const until = (moment: number): number | undefined => {
    const waitMs = moment - Date.parse(headers['date'] ?? '');
    return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
  };
  const span = durationMs(text);
  if (span !== undefined) return span;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(number)) return until(Date.parse(text));
  if (number >= leastMilliseconds) return until(number);
  return number >= mostSeconds ? until(number * 1000) : Math.max(0, number * 1000);
}

/** What a service says that it will still let through, in whichever of the known headers. */
export function readAllowances(headers: Headers): readonly Allowance[] {
  const allowances: Allowance[] = [];
  for (const { of, limit, remaining: name, reset } of families) {
    const left = headers[name];
    // A limit of nothing is how some say that there is none.
    if (left === undefined || left.trim() === '' || Number(headers[limit] ?? 1) <= 0) continue;
    const remaining = Number(left);
    if (Number.isNaN(remaining)) continue;
    allowances.push({ name, of, remaining, resetMs: resetIn(headers[reset] ?? '', headers) });
  }
  return allowances;
}
