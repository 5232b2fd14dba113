/** One way in which two runs of the same commands differ although nothing has changed. */
export type Rule = {
  readonly pattern: RegExp;
  /** What stands for a match on both sides. */
  readonly mark: string | ((match: string) => string);
  /** A match names a thing, and the calls that follow may speak of it by that name. */
  readonly isName: boolean;
};
