import type { MatchId, PlayerId } from "@matchforge/core";

/** What a server is wanted for. */
export interface AllocationRequest {
  /** `allocate:match_…:1`: however often it is asked with one key, there is one server for it. */
  readonly key: string;
  readonly match: MatchId;
  readonly mode: string;
  /** Where the players are, the best region for all of them first; empty: anywhere. */
  readonly regions: readonly string[];
  readonly players: readonly { readonly player: PlayerId; readonly team: number }[];
  /** What the server acts with for this match, and for no other. */
  readonly credential: string;
  /** Whether another allocator may hold a server under the key as well. */
  readonly isUnsure: boolean;
}

/** A server somebody has given us. */
export interface AllocatedServer {
  /** The allocator's own name for it. */
  readonly name: string;
  /** Where players reach it, in the game's own words; at most 256 characters. */
  readonly address: string;
  readonly region: string | null;
}

/** What became of a request. Unknown means: a server may be held under the key until it is released. */
export type AllocationOutcome =
  | { readonly kind: "allocated"; readonly server: AllocatedServer }
  | { readonly kind: "none"; readonly reason: string }
  | { readonly kind: "unknown"; readonly cause: unknown };

/** What became of a release: done, or to be asked again. */
export type ReleaseOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "unknown"; readonly cause: unknown };

/**
 * Where game servers come from. Requests carry a key and have effect once, however often they are repeated and
 * whichever node repeats them. No method rejects: what fails is an outcome.
 *
 * - `allocate` resolves within its own limits, with retries inside. `none` promises that nothing is held under the
 *   key; anything less certain is `unknown`.
 * - `release` gives back whatever is held under the key. When it resolves `done`, nothing is held, and a request of
 *   `allocate` that is still on its way, or was given up, leaves nothing behind either. A key that holds nothing is
 *   `done`.
 */
export interface ServerAllocator {
  /** By which settings and logs call it: `registry`, `http`. */
  readonly name: string;
  /** What it gives stands in the log already: its servers are known to the kernel, which chooses among them. */
  readonly isRecorded?: true;
  allocate(request: AllocationRequest): Promise<AllocationOutcome>;
  release(request: { readonly key: string; readonly match: MatchId }): Promise<ReleaseOutcome>;
  close(): Promise<void>;
}
