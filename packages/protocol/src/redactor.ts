import type { Secret } from './secret.js';

/** Shorter values (`none`, `test`) are not secrets, and replacing them would garble everything. */
const shortestSecret = 8;

/** Removes known secrets from whatever is about to be written, shown or sent. */
export interface Redactor {
  redact(text: string): string;
  /** For text that arrives in pieces: a secret split between two pieces is found too. */
  stream(): RedactingStream;
}

export interface RedactingStream {
  /** What may be passed on now; the tail that could be the beginning of a secret is held back. */
  push(text: string): string;
  /** What was held back. */
  flush(): string;
}

const jsonEscaped = (value: string): string => JSON.stringify(value).slice(1, -1);

function replacementsOf(secrets: readonly Secret[]): ReadonlyMap<string, string> {
  const replacements = new Map<string, string>();
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length < shortestSecret) continue;
    const mark = `[redacted: ${secret.origin}]`;
    for (const form of [value, jsonEscaped(value), encodeURIComponent(value)]) replacements.set(form, mark);
  }
  return replacements;
}

const escapeForPattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The length of the longest tail of `text` that begins, but does not complete, one of `forms`. */
function openTail(text: string, forms: readonly string[], longest: number): number {
  for (let length = Math.min(longest - 1, text.length); length > 0; length -= 1) {
    const tail = text.slice(-length);
    if (forms.some((form) => form.length > length && form.startsWith(tail))) return length;
  }
  return 0;
}

const untouched: Redactor = {
  redact: (text) => text,
  stream: () => ({ push: (text) => text, flush: () => '' }),
};

export function createRedactor(secrets: readonly Secret[]): Redactor {
  const replacements = replacementsOf(secrets);
  if (replacements.size === 0) return untouched;
  const forms = [...replacements.keys()].toSorted((a, b) => b.length - a.length);
  const longest = forms[0]?.length ?? 0;
  const pattern = new RegExp(forms.map(escapeForPattern).join('|'), 'g');
  const redact = (text: string): string => text.replaceAll(pattern, (form) => replacements.get(form) ?? form);
  return {
    redact,
    stream() {
      let held = '';
      return {
        push(text) {
          const seen = redact(held + text);
          const keep = openTail(seen, forms, longest);
          held = keep === 0 ? '' : seen.slice(-keep);
          return keep === 0 ? seen : seen.slice(0, -keep);
        },
        flush() {
          const rest = redact(held);
          held = '';
          return rest;
        },
      };
    },
  };
}
