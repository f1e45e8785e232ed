/** One place of the product changed for the worse, which a simulation must notice. */
export interface Mutant {
  readonly id: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Text that stands in the file exactly once, and what stands there instead. */
  readonly find: string;
  readonly replace: string;
  /** What is not kept any more. */
  readonly breaks: string;
}
