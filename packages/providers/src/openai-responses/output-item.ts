export type ItemKind = 'message' | 'reasoning' | 'function_call';

const kinds: ReadonlySet<string> = new Set(['message', 'reasoning', 'function_call'] satisfies readonly ItemKind[]);

/** Items of the service's own tools are none of ours. */
export const isItemKind = (type: string | undefined): type is ItemKind => type !== undefined && kinds.has(type);

/** Between the parts of a summary. */
const blankLine = '\n\n';

/** One thing that the model makes, as far as it has come. */
export class OutputItem {
  readonly kind: ItemKind;
  /** Its position in the message. */
  readonly part: number;
  id: string | undefined;
  isAnnounced = false;
  isDone = false;
  /** Of reasoning: whether what is shown is the summary or the thought itself; whatever comes first. */
  shows: 'summary' | 'content' | undefined;
  callId: string | undefined;
  name: string | undefined;
  arguments = '';
  /** The model was stopped in the middle of it. */
  isCut = false;
  #said = '';
  #section = 0;
  #sectionStart = 0;

  constructor(kind: ItemKind, part: number) {
    this.kind = kind;
    this.part = part;
  }

  /** What is to be said for a piece of one of its sections: the piece, behind a blank line where that is wanted. */
  extended(piece: string, section = this.#section): string {
    const begins = section !== this.#section;
    const between = begins && this.kind === 'reasoning' && this.#said !== '' ? blankLine : '';
    this.#said += between;
    if (begins) {
      this.#section = section;
      this.#sectionStart = this.#said.length;
    }
    this.#said += piece;
    return between + piece;
  }

  /** What of a whole section is still to be said. */
  restOfSection(whole: string, section = this.#section): string {
    const said = section === this.#section ? this.#said.slice(this.#sectionStart) : '';
    const rest = whole.startsWith(said) ? whole.slice(said.length) : '';
    return rest === '' ? '' : this.extended(rest, section);
  }

  /** What of all its sections is still to be said. Words that were other ones have been heard, and stay. */
  rest(sections: readonly string[]): string {
    const whole = sections.filter((text) => text !== '').join(this.kind === 'reasoning' ? blankLine : '');
    const rest = whole.startsWith(this.#said) ? whole.slice(this.#said.length) : '';
    this.#said += rest;
    return rest;
  }
}
