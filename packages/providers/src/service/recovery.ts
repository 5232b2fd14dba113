import type { Failure } from '../errors/failure.js';
import { type FindRepair, findRepair, isBadGeneration, type Synonyms } from './find-repair.js';
import type { Protocol } from './protocol.js';
import { type Form, isLasting, type Repair } from './repair.js';

/** Separate from retries, which are for what may heal by itself. */
const mostRepairs = 6;
const mostRegenerations = 2;

export type Remedy =
  | { readonly type: 'repair'; readonly repair: Repair }
  /** The same request again: the model may do better. */
  | { readonly type: 'regenerate'; readonly attempt: number };

/** What one turn has left to try when the service refuses its request. */
export class Recovery {
  readonly #lessons: Repair[];
  readonly #passing: Repair[] = [];
  readonly #findOwn: FindRepair | undefined;
  readonly #synonyms: Synonyms;
  #repairs = 0;
  #regenerations = 0;

  /** `lessons` are what earlier turns have taught, and what this one teaches is added to them. */
  constructor(lessons: Repair[], { findRepair: findOwn, synonyms = {} }: Pick<Protocol, 'findRepair' | 'synonyms'>) {
    this.#lessons = lessons;
    this.#findOwn = findOwn;
    this.#synonyms = synonyms;
  }

  get repairs(): readonly Repair[] {
    return [...this.#lessons, ...this.#passing];
  }

  /** Undefined where nothing is left. */
  remedyFor(failure: Failure, form: Form): Remedy | undefined {
    const repair =
      this.#repairs < mostRepairs
        ? findRepair(failure, { ...form, earlier: this.repairs, synonyms: this.#synonyms }, this.#findOwn)
        : undefined;
    if (repair !== undefined) {
      this.#repairs += 1;
      (isLasting(repair) ? this.#lessons : this.#passing).push(repair);
      return { type: 'repair', repair };
    }
    if (!isBadGeneration(failure) || this.#regenerations >= mostRegenerations) return undefined;
    this.#regenerations += 1;
    return { type: 'regenerate', attempt: this.#regenerations };
  }
}
