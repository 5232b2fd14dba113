import { deepestJson, type JsonValue, parseJson } from '@trae-cli/protocol';

/** A place in a text; both numbers count from 1. */
export type TextPosition = { readonly line: number; readonly column: number };

export type ReadJson =
  | { readonly status: 'whole'; readonly value: JsonValue }
  /** The text ends too soon: what had been written whole by then. A value that was cut off is left out. */
  | { readonly status: 'torn'; readonly value: JsonValue | undefined; readonly end: TextPosition }
  | { readonly status: 'damaged'; readonly at: TextPosition; readonly problem: string };

class Damage extends Error {
  readonly offset: number;
  constructor(offset: number, problem: string) {
    super(problem);
    this.offset = offset;
  }
}

function positionAt(text: string, offset: number): TextPosition {
  let line = 1;
  let start = 0;
  for (let feed = text.indexOf('\n'); feed !== -1 && feed < offset; feed = text.indexOf('\n', start)) {
    line += 1;
    start = feed + 1;
  }
  return { line, column: offset - start + 1 };
}

/** Python writes the last three, which JSON does not have; what they say is not known. */
const words: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', null],
  ['Infinity', null],
  ['-Infinity', null],
];

const space = /[ \t\r\n]*/y;
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const numeralBeginning = /-?(?:0|[1-9]\d*)?\.?(?:[eE][+-]?)?$/y;

/** Reads from the front, and keeps what was whole where the text ends. */
class Reader {
  readonly #text: string;
  #at = 0;
  isTorn = false;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue | undefined {
    const value = this.#value(0);
    if (!this.isTorn && this.#next() !== '') throw new Damage(this.#at, 'more follows where the document has ended');
    return value;
  }

  /** The next character that is no space, which stays to be read; empty at the end. */
  #next(): string {
    space.lastIndex = this.#at;
    space.test(this.#text);
    this.#at = space.lastIndex;
    return this.#text.charAt(this.#at);
  }

  /** Undefined where the text ended before the value did. */
  #value(depth: number): JsonValue | undefined {
    const first = this.#next();
    if (depth > deepestJson) throw new Damage(this.#at, `it is nested more than ${deepestJson} levels deep`);
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    return first === '' ? this.#tear() : this.#scalar();
  }

  #object(depth: number): JsonValue {
    const entries: (readonly [string, JsonValue])[] = [];
    this.#items('}', () => {
      if (this.#next() !== '"' && this.#next() !== '') throw new Damage(this.#at, 'a name in quotes was expected');
      const key = this.#next() === '' ? this.#tear() : this.#string();
      if (key === undefined || !this.#take(':', 'a colon was expected')) return;
      const value = this.#value(depth + 1);
      if (value !== undefined) entries.push([key, value]);
    });
    return Object.fromEntries(entries);
  }

  #array(depth: number): JsonValue {
    const values: JsonValue[] = [];
    this.#items(']', () => {
      const value = this.#value(depth + 1);
      if (value !== undefined) values.push(value);
    });
    return values;
  }

  #items(close: string, readItem: () => void): void {
    this.#at += 1;
    if (this.#next() === close) {
      this.#at += 1;
      return;
    }
    for (;;) {
      readItem();
      if (this.isTorn) return;
      if (this.#next() === close) {
        this.#at += 1;
        return;
      }
      if (!this.#take(',', `a comma or \`${close}\` was expected`)) return;
    }
  }

  #take(wanted: string, problem: string): boolean {
    const found = this.#next();
    if (found === '') this.#tear();
    else if (found === wanted) this.#at += 1;
    else throw new Damage(this.#at, problem);
    return found !== '';
  }

  #string(): string | undefined {
    const start = this.#at;
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1 && this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) return this.#tear();
    this.#at = end + 1;
    const value = parseJson(this.#text.slice(start, this.#at));
    if (typeof value !== 'string') throw new Damage(start, 'this text is not as JSON wants it');
    return value;
  }

  #isEscaped(quote: number): boolean {
    let backslashes = 0;
    while (this.#text.charAt(quote - 1 - backslashes) === '\\') backslashes += 1;
    return backslashes % 2 === 1;
  }

  #scalar(): JsonValue | undefined {
    const rest = this.#text.slice(this.#at, this.#at + '-Infinity'.length);
    const word = words.find(([name]) => rest.startsWith(name));
    if (word !== undefined) {
      this.#at += word[0].length;
      return word[1];
    }
    const isCut = this.#at + rest.length === this.#text.length && words.some(([name]) => name.startsWith(rest));
    return isCut ? this.#tear() : this.#number();
  }

  /** A number at the very end may have had more digits. */
  #number(): number | undefined {
    const start = this.#at;
    numeral.lastIndex = start;
    const [digits] = numeral.exec(this.#text) ?? [];
    this.#at += digits?.length ?? 0;
    if (digits !== undefined && this.#at < this.#text.length && !/[.eE\d]/.test(this.#text.charAt(this.#at)))
      return Number(digits);
    numeralBeginning.lastIndex = start;
    if (this.#at === this.#text.length || numeralBeginning.test(this.#text)) return this.#tear();
    throw new Damage(this.#at, 'a value was expected');
  }

  #tear(): undefined {
    this.isTorn = true;
  }
}

/**
 * Reads JSON that may have been cut off. What a JSON parser accepts takes no longer than there; a nesting that no other
 * reader of ours would take is damage.
 */
export function readTornJson(text: string): ReadJson {
  const value = parseJson(text);
  if (value !== undefined) return { status: 'whole', value };
  const reader = new Reader(text);
  try {
    const found = reader.document();
    if (!reader.isTorn && found !== undefined) return { status: 'whole', value: found };
    return { status: 'torn', value: found, end: positionAt(text, text.length) };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return { status: 'damaged', at: positionAt(text, error.offset), problem: error.message };
  }
}
