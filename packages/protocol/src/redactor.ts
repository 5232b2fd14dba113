import type { Secret } from './secret.js';
import { escapeForPattern } from './escape-for-pattern.js';
import { secretForms } from './secret-forms.js';

/** Removes known secrets from whatever is about to be written, shown or sent. Redacting twice changes nothing more. */
export interface Redactor {
  redact(text: string): string;
  /** For text that arrives in pieces: a secret split between two pieces is found too. */
  stream(): RedactingStream;
}

export interface RedactingStream {
  /** What may be passed on now; the tail that could be the beginning of a secret is held back, a newline never. */
  push(text: string): string;
  /** What was held back. */
  flush(): string;
}

/** From each form of each secret to what is shown in its place. */
function replacementsOf(secrets: readonly Secret[]): ReadonlyMap<string, string> {
  const marks = secrets.map(({ origin }) => `[redacted: ${origin}]`);
  const replacements = new Map<string, string>();
  for (const [index, secret] of secrets.entries()) {
    for (const form of secretForms(secret.reveal())) {
      // A placeholder such as OPENAI_API_KEY=OPENAI_API_KEY would be found again in what it is replaced by.
      if (!marks.some((mark) => mark.includes(form))) replacements.set(form, marks[index] ?? '');
    }
  }
  return replacements;
}

/** Finds where a text ends in the beginning of a form. */
class OpenEnds {
  readonly #byFirst = new Map<number, string[]>();
  readonly #longest: number;

  constructor(forms: readonly string[]) {
    this.#longest = Math.max(...forms.map((form) => form.length));
    for (const form of forms) {
      const first = form.charCodeAt(0);
      this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), form]);
    }
  }

  /** The first place, from `from` on, where a form begins that the text does not complete; its length where there is none. */
  startIn(text: string, from: number): number {
    for (let start = Math.max(from, text.length - this.#longest + 1); start < text.length; start += 1) {
      const forms = this.#byFirst.get(text.charCodeAt(start));
      if (forms === undefined) continue;
      const tail = text.slice(start);
      if (forms.some((form) => form.length > tail.length && form.startsWith(tail))) return start;
    }
    return text.length;
  }
}

class KnownForms implements Redactor {
  readonly #replacements: ReadonlyMap<string, string>;
  readonly #pattern: RegExp;
  readonly #openEnds: OpenEnds;

  constructor(replacements: ReadonlyMap<string, string>) {
    const forms = [...replacements.keys()].toSorted((a, b) => b.length - a.length);
    this.#replacements = replacements;
    this.#pattern = new RegExp(forms.map(escapeForPattern).join('|'), 'g');
    this.#openEnds = new OpenEnds(forms);
  }

  redact(text: string): string {
    return text.replaceAll(this.#pattern, (form) => this.#markOf(form));
  }

  stream(): RedactingStream {
    let held = '';
    return {
      push: (text) => {
        const { settled, open } = this.#split(held + text);
        held = open;
        return settled;
      },
      flush: () => {
        const rest = this.redact(held);
        held = '';
        return rest;
      },
    };
  }

  #markOf(form: string): string {
    return this.#replacements.get(form) ?? form;
  }

  /** What is certain by now, redacted, and the end that may be the beginning of a secret, as it came. */
  #split(text: string): { readonly settled: string; readonly open: string } {
    let settled = '';
    let done = 0;
    let open = this.#openEnds.startIn(text, 0);
    for (const { 0: form, index } of text.matchAll(this.#pattern)) {
      // Where a longer secret may begin sooner, the shorter one inside it has to wait.
      if (index >= open) break;
      settled += text.slice(done, index) + this.#markOf(form);
      done = index + form.length;
      if (done > open) open = this.#openEnds.startIn(text, done);
    }
    return { settled: settled + text.slice(done, open), open: text.slice(open) };
  }
}

const untouched: Redactor = {
  redact: (text) => text,
  stream: () => ({ push: (text) => text, flush: () => '' }),
};

export function createRedactor(secrets: readonly Secret[]): Redactor {
  const replacements = replacementsOf(secrets);
  return replacements.size === 0 ? untouched : new KnownForms(replacements);
}
