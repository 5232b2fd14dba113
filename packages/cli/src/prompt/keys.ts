/** What somebody at a terminal does. A paste is one act, however many lines it has. */
export type Key =
  | { readonly type: 'typed' | 'pasted'; readonly text: string }
  | { readonly type: 'enter' | 'backspace' | 'clear' | 'up' | 'down' | 'interrupt' | 'end' };

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

const controlKeys: Readonly<Record<string, Key['type'] & Exclude<Key['type'], 'typed' | 'pasted'>>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\r\n': 'enter',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'interrupt',
  '\u0004': 'end',
  '\u0015': 'clear',
  '\u0017': 'clear',
  '\u0010': 'up',
  '\u000e': 'down',
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
};

// oxlint-disable-next-line no-control-regex -- these are the bytes that a terminal sends
const escapeSequence = /^\u001b(?:\[[\d;:?<>=]*[@-~]|O[@-~])/;
// oxlint-disable-next-line no-control-regex -- these are the bytes that a terminal sends
const unfinished = /^\u001b(?:\[[\d;:?<>=]*|O)?$/;
// oxlint-disable-next-line no-control-regex -- these are the bytes that a terminal sends
const plainText = /^[^\u0000-\u001f\u007f]+/;

const unitAt = (text: string): string =>
  escapeSequence.exec(text)?.[0] ?? plainText.exec(text)?.[0] ?? (text.startsWith('\r\n') ? '\r\n' : text.charAt(0));

/** Tells keys and pastes apart in what a terminal in raw mode sends, in pieces of any size. */
export class KeyDecoder {
  #pending = '';

  push(text: string): readonly Key[] {
    this.#pending += text;
    const keys: Key[] = [];
    while (this.#pending !== '' && !unfinished.test(this.#pending)) {
      if (!this.#pending.startsWith(pasteStart)) {
        keys.push(...this.#takeUnit());
        continue;
      }
      const end = this.#pending.indexOf(pasteEnd);
      if (end === -1) break;
      keys.push({ type: 'pasted', text: this.#pending.slice(pasteStart.length, end) });
      this.#pending = this.#pending.slice(end + pasteEnd.length);
    }
    return keys;
  }

  #takeUnit(): readonly Key[] {
    const unit = unitAt(this.#pending);
    this.#pending = this.#pending.slice(unit.length);
    const type = controlKeys[unit];
    if (type !== undefined) return [{ type }];
    return plainText.test(unit) ? [{ type: 'typed', text: unit }] : [];
  }
}
