/** The longest id that every vendor takes. */
const longestId = 40;

/**
 * Makes the ids of calls unique within a conversation: some models number their calls anew in every turn, and an answer
 * must belong to one call only. Names are chosen without chance, so that a replay chooses the same.
 */
export class CallIds {
  readonly #settled = new Set<string>();
  readonly #open = new Set<string>();
  /** How often an id was given by the model; keeps the search for a free name short in a long run. */
  readonly #uses = new Map<string, number>();

  /** The id under which a call of the turn being said is known from here on. */
  claim(said: string): string {
    const id = said === '' ? 'call' : said;
    let unique = id;
    for (let use = (this.#uses.get(id) ?? 1) + 1; this.#isTaken(unique); use += 1) {
      unique = numbered(id, use);
      this.#uses.set(id, use);
    }
    this.#open.add(unique);
    return unique;
  }

  /** The turn is said again from the beginning. */
  voidTurn(): void {
    this.#open.clear();
    this.#uses.clear();
  }

  /** The turn is part of the conversation. */
  settleTurn(): void {
    for (const id of this.#open) this.#settled.add(id);
    this.#open.clear();
  }

  #isTaken(id: string): boolean {
    return this.#settled.has(id) || this.#open.has(id);
  }
}

function numbered(id: string, count: number): string {
  const suffix = `_${count}`;
  return `${id.slice(0, longestId - suffix.length)}${suffix}`;
}
