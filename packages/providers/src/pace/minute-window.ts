const minuteMs = 60_000;

type Spent = { readonly at: number; amount: number; isFinal: boolean };

/** What was spent in the minute that ends now, whichever minute that is: no two bursts meet at the turn of one. */
export class MinuteWindow {
  #spent: Spent[] = [];

  /** Milliseconds until `amount` fits below the limit; 0 where it never will, because then waiting does not help. */
  waitFor(amount: number, limit: number, now: number): number {
    this.#spent = this.#spent.filter(({ at }) => now - at < minuteMs);
    let total = this.#spent.reduce((sum, { amount }) => sum + amount, amount);
    for (const { at, amount } of this.#spent) {
      if (total <= limit) return 0;
      total -= amount;
      if (total <= limit) return at + minuteMs - now;
    }
    return 0;
  }

  add(amount: number, now: number): void {
    this.#spent.push({ at: now, amount, isFinal: false });
  }

  /** The youngest amount that was an estimate was really this one. */
  correct(amount: number): void {
    const estimate = this.#spent.findLast(({ isFinal }) => !isFinal);
    if (estimate === undefined) return;
    estimate.amount = amount;
    estimate.isFinal = true;
  }
}
