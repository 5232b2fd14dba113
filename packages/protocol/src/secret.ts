/** A string that will not print itself. `reveal` is called on the one line that sends it. */
export class Secret {
  readonly #value: string;
  /** Where it came from, for people: `GROQ_API_KEY`, `--api-key`. */
  readonly origin: string;

  constructor(value: string, origin: string) {
    this.#value = value;
    this.origin = origin;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
