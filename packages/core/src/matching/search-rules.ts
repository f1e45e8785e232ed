/** From `afterMs` of waiting on, opponents may be `gap` rating points away; Infinity: anyone. */
export interface WideningStep {
  readonly afterMs: number;
  readonly gap: number;
}

/** How a ticket's rating window grows while it waits. */
export type Widening =
  | { readonly kind: "steps"; readonly steps: readonly WideningStep[] }
  | { readonly kind: "linear"; readonly gap: number; readonly perSecond: number; readonly max: number };

/** A mode's rules of who may meet whom. */
export interface SearchRules {
  readonly widening: Widening;
  /** Those met in the last `last` matches are not met again for `forMs`; null: no such rule. */
  readonly avoidRematch: { readonly last: number; readonly forMs: number } | null;
}
