const timesInARow = 2;

/** How often in a row something may go wrong before the run ends. */
export class Patience {
  #spent = 0;

  /** False when it has run out. */
  spend(): boolean {
    this.#spent += 1;
    return this.#spent <= timesInARow;
  }

  restore(): void {
    this.#spent = 0;
  }
}
