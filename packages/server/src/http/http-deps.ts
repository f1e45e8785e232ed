import type { Entry, KernelEvent, NodeKey, State } from "@matchforge/core";
import type { Archive, Relay } from "@matchforge/stores";
import type { Clock, Dice, Ids, Submit } from "matchforge";
import type { MatchPasses } from "../auth/match-passes.ts";
import type { Tokens } from "../auth/tokens.ts";
import type { ShardPlace } from "../config/shard-places.ts";
import type { HttpLimits } from "./limits.ts";

/** One thing that makes a node fit to take players, or not. */
export interface Check {
  readonly name: string;
  readonly isOk: boolean;
  readonly detail?: string;
}

/** Which request something is about; holds nothing a client chose. */
export interface RequestContext {
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern, not the path that was asked for. */
  readonly route: string;
}

/** What the HTTP side needs of the coordinator. */
export interface HttpDeps {
  readonly state: () => State;
  /** Shard time now, in ms. */
  readonly shardTime: () => number;
  readonly archive: Pick<
    Archive,
    "match" | "matchesOf" | "cursor" | "player" | "leaderboard" | "ratingHistory"
  >;
  readonly tokens: Pick<Tokens, "mint" | "verify">;
  /** Match tickets and the credentials of game servers. */
  readonly passes: MatchPasses;
  /** Puts a command into the log. */
  readonly submit: Submit;
  /** This node's name in the shard. */
  readonly nodeKey: NodeKey;
  readonly ids: Ids;
  /** Told of every entry that was applied here, after it was; the returned function ends that. */
  readonly onApplied: (listener: (entry: Entry, events: readonly KernelEvent[]) => void) => () => void;
  readonly clock: Clock;
  /** Carries to the others of a match what is not in the log; left out: nobody hears it. */
  readonly relay?: Relay;
  readonly dice: Dice;
  /** The shard of this node. */
  readonly shard: string;
  /** All shards of the deployment. */
  readonly shards: readonly ShardPlace[];
  /** Whether tokens are signed here, and not by somebody else's keys. */
  readonly signsTokens: boolean;
  readonly guestsAllowed: boolean;
  readonly guestTokenMs: number;
  readonly trustedProxies: readonly string[];
  /** Further origins whose pages may read answers and sign guests in; none if left out. */
  readonly allowedOrigins?: readonly string[];
  /** Where they differ from `httpLimits`. */
  readonly limits?: Partial<HttpLimits>;
  readonly checks: () => readonly Check[];
  readonly isDraining: () => boolean;
  readonly metricsText: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly nextPlayerId: () => `player_${string}`;
  /** Unix ms. */
  readonly wallClock: () => number;
  /** Told of every request that failed by a fault of ours. */
  readonly onError: (error: unknown, context: RequestContext) => void;
}
