/** A world to look for a mutant in; the product as it is where none is named. */
export interface Trial {
  readonly mutant: string | null;
  readonly seed: number;
  readonly matches: number;
}

/** What a trial showed. */
export interface Verdict extends Trial {
  /** The sentence that noticed it; null: the mutant lives on. */
  readonly killedBy: string | null;
  /** Matches that had ended by then. */
  readonly after: number;
}
