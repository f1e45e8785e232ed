import type { MatchId, PlayerId } from "@matchforge/core";

/** What became of a request to a chain. Unknown means: look it up, then ask again under the same key. */
export type ChainOutcome =
  | { readonly kind: "done"; readonly txHash: string | null }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "unknown"; readonly cause: unknown };

/** One player's share of an escrow or a settlement, in the token's smallest unit. */
export interface Share {
  readonly player: PlayerId;
  readonly amount: bigint;
}

/**
 * Where stakes are held and paid out. Every request carries a key and has effect once, however often it
 * is repeated.
 */
export interface Chain {
  openEscrow(request: {
    readonly key: string;
    readonly match: MatchId;
    readonly stakes: readonly Share[];
  }): Promise<ChainOutcome>;
  settle(request: {
    readonly key: string;
    readonly match: MatchId;
    readonly payouts: readonly Share[];
    readonly burned: bigint;
  }): Promise<ChainOutcome>;
}
