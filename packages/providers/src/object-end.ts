/**
 * Follows a text that comes in pieces and tells when it is one whole JSON object. Looks at every character once, and at
 * none before somebody asks.
 */
export class ObjectEnd {
  #unread: string[] = [];
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #state: 'before' | 'inside' | 'whole' | 'none' = 'before';

  push(piece: string): void {
    this.#unread.push(piece);
  }

  get isReached(): boolean {
    for (const piece of this.#unread) for (const character of piece) this.#take(character);
    this.#unread = [];
    return this.#state === 'whole';
  }

  #take(character: string): void {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
    } else if (character.trim() !== '') {
      this.#takeOutside(character);
    }
  }

  #takeOutside(character: string): void {
    if (this.#state === 'before') this.#state = character === '{' ? 'inside' : 'none';
    else if (this.#state === 'whole') this.#state = 'none';
    if (this.#state !== 'inside') return;
    if (character === '"') this.#isInString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
    if (this.#depth === 0) this.#state = 'whole';
  }
}
