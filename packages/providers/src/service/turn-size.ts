import type { JsonValue } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { CallDelta } from '../tool-calls.js';

/** Of words, thoughts and calls together. Models end a hundred times sooner, broken servers never. */
const mostMebicharacters = 32;
/** Characters, for all that is remembered of a piece that is empty. */
const pieceFrame = 16;

/** What is kept of a turn until it ends, and its bound. */
export class TurnSize {
  #characters = 0;

  addText(text: string): void {
    this.#add(text.length);
  }

  addCall({ arguments: text, name = '', sealed }: CallDelta): void {
    this.#add(pieceFrame + text.length + name.length);
    if (sealed !== undefined) this.addJson(sealed);
  }

  addJson(value: JsonValue): void {
    this.#add(JSON.stringify(value).length);
  }

  #add(characters: number): void {
    this.#characters += characters;
    if (this.#characters > mostMebicharacters * 1024 * 1024)
      throw new ServiceFailure({ type: 'oversized', what: `${mostMebicharacters} million characters in one turn` });
  }
}
