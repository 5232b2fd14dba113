/** A line longer than this is passed on in pieces; a carriage return in it no longer erases. */
const longestHeldLine = 4096;
/** An escape sequence longer than this is not waited for. */
const longestHeldEscape = 256;

// oxlint-disable no-control-regex -- control characters are the subject here
const interesting = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;
const escapeSequence =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-Z\\^-~]|\x9b[0-?]*[ -/]*[@-~]/g;
const openEscape = /(?:\x1b\[[0-?]*[ -/]*|\x1b[\]PX^_][^\x07\x1b]*\x1b?|\x1b[ -/]*|\x9b[0-?]*[ -/]*)$/;
const erasure = /[^\x08]\x08/;
const otherControls = /[\x01-\x08\x0b-\x1f\x7f-\x9f]/g;
// oxlint-enable no-control-regex

/** What a terminal would show of one line: escapes gone, overwritten text gone. */
function settledLine(line: string): string {
  let text = line.replaceAll(escapeSequence, '').replace(/\r+$/, '');
  text = text.slice(text.lastIndexOf('\r') + 1);
  while (erasure.test(text)) text = text.replace(erasure, '');
  return withoutControls(text);
}

const withoutControls = (text: string): string => text.replaceAll('\0', '␀').replaceAll(otherControls, '');

/**
 * Makes a terminal's output sensible to read: no escape sequences, a progress bar's last state only.
 * However the text is cut into pieces, the result is the same for lines of up to 4,096 characters.
 */
export class TerminalText {
  /** The unfinished line, as it came. */
  #held = '';
  /** A part of the line has been passed on already. */
  #lineOpen = false;

  push(text: string): string {
    const all = this.#held + text;
    const end = all.lastIndexOf('\n') + 1;
    this.#held = all.slice(end);
    const settled = end === 0 ? '' : this.#settle(all.slice(0, end));
    return this.#held.length > longestHeldLine ? settled + this.#passLongLine() : settled;
  }

  flush(): string {
    const rest = this.#settle(this.#held);
    this.#held = '';
    this.#lineOpen = false;
    return rest;
  }

  #settle(text: string): string {
    const open = this.#lineOpen;
    this.#lineOpen = false;
    if (!interesting.test(text)) return text;
    if (!open) return text.split('\n').map(settledLine).join('\n');
    const [first = '', ...others] = text.split('\n');
    return [settledPiece(first.replace(/\r+$/, '')), ...others.map(settledLine)].join('\n');
  }

  #passLongLine(): string {
    const cut = openEscape.exec(this.#held)?.index ?? this.#held.length;
    const end = this.#held.length - cut > longestHeldEscape ? this.#held.length : cut;
    const piece = this.#held.slice(0, end);
    this.#held = this.#held.slice(end);
    this.#lineOpen = true;
    return interesting.test(piece) ? settledPiece(piece) : piece;
  }
}

/** A piece of a line too long to be held: what a carriage return would overwrite has been passed on. */
const settledPiece = (piece: string): string =>
  withoutControls(piece.replaceAll(escapeSequence, '').replaceAll(/\r+/g, '\n'));
