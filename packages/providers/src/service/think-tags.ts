export type Segment = { readonly type: 'text' | 'reasoning'; readonly text: string };

const opening = '<think>';
const closing = '</think>';
/** Characters of white space that may stand before the tag. */
const longestLead = 1024;

/** The length of the longest end of `text` that begins, but does not complete, the tag. */
function openEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1)
    if (tag.startsWith(text.slice(-length))) return length;
  return 0;
}

/**
 * Takes the thought out of an answer that begins with `<think>`, tags split over pieces included. Only the beginning
 * counts: an agent may well write about the tag later on.
 */
export class ThinkTags {
  #state: 'start' | 'thought' | 'after thought' | 'text';
  #held = '';
  /** What was said inside a thought that nobody has opened in so many words. */
  #assumed: string[] | undefined;

  constructor(opensInThought: boolean) {
    this.#state = opensInThought ? 'thought' : 'start';
    if (opensInThought) this.#assumed = [];
  }

  push(piece: string): readonly Segment[] {
    if (this.#state === 'text') return [{ type: 'text', text: piece }];
    const text = this.#held + piece;
    this.#held = '';
    switch (this.#state) {
      case 'start':
        return this.#begin(text);
      case 'thought':
        return this.#think(text);
      case 'after thought':
        return this.#resume(text);
      default:
        return this.#state satisfies never;
    }
  }

  /** What was held back; and all of it as text, where the thought that was assumed turns out to be the answer. */
  flush(isWhole: boolean): readonly Segment[] {
    const held = this.#held;
    this.#held = '';
    const inThought = this.#state === 'thought';
    if (inThought && this.#assumed !== undefined && isWhole)
      return [{ type: 'text', text: this.#assumed.join('') + held }];
    return held === '' ? [] : [{ type: inThought ? 'reasoning' : 'text', text: held }];
  }

  #begin(text: string): readonly Segment[] {
    const start = text.trimStart();
    if (start.startsWith(opening)) {
      this.#state = 'thought';
      return this.#think(start.slice(opening.length));
    }
    if (opening.startsWith(start) && text.length <= longestLead) {
      this.#held = text;
      return [];
    }
    this.#state = 'text';
    return [{ type: 'text', text }];
  }

  #think(text: string): readonly Segment[] {
    const end = text.indexOf(closing);
    if (end !== -1) {
      this.#state = 'after thought';
      return [...this.#thought(text.slice(0, end)), ...this.#resume(text.slice(end + closing.length))];
    }
    const keep = openEnd(text, closing);
    this.#held = text.slice(text.length - keep);
    return this.#thought(text.slice(0, text.length - keep));
  }

  #thought(text: string): readonly Segment[] {
    // A template that opens the thought does not keep a model from opening it once more.
    const said = this.#assumed?.length === 0 ? text.replace(/^\s*<think>/, '') : text;
    if (said === '') return [];
    this.#assumed?.push(said);
    return [{ type: 'reasoning', text: said }];
  }

  /** The empty lines behind a thought belong to neither. */
  #resume(text: string): readonly Segment[] {
    const answer = text.trimStart();
    if (answer === '') return [];
    this.#state = 'text';
    return [{ type: 'text', text: answer }];
  }
}
