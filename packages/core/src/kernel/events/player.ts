import type { MatchId, NodeKey, PlayerId } from "../../ids.ts";
import type { Preferences } from "../preferences.ts";
import type { RatingRecord } from "../records.ts";
import type { RequestOrigin } from "../request-origin.ts";

export interface PlayerConnectedEvent {
  readonly type: "player.connected";
  readonly player: PlayerId;
  readonly epoch: number;
  readonly node: NodeKey;
  readonly guest: boolean;
  /** The archive's records; left out where it has none. */
  readonly records?: readonly RatingRecord[];
  /** What the archive knows the player to prefer; left out where the shard knows it, or there is nothing. */
  readonly preferences?: Preferences;
  /** The player asks over HTTP; left out for a connection. */
  readonly via?: "http";
  /** The match whose others are told that the player is back. */
  readonly backIn: MatchId | null;
}

export interface PlayerDisconnectedEvent {
  readonly type: "player.disconnected";
  readonly player: PlayerId;
  readonly epoch: number;
  /** When the waiting ticket ends, or the active match is forfeited, unless the player returns. */
  readonly ticketUntil: number | null;
  readonly forfeitAt: number | null;
  readonly match: MatchId | null;
}

/** What later tickets of a player want where they say nothing. */
export interface PlayerPreferred {
  readonly type: "player.preferred";
  readonly player: PlayerId;
  readonly preferences: Preferences;
  readonly origin?: RequestOrigin;
}

export interface PlayerEvicted {
  readonly type: "player.evicted";
  readonly player: PlayerId;
  readonly withdrawn: bigint;
}

export interface PlayerDeposited {
  readonly type: "player.deposited";
  readonly player: PlayerId;
  readonly amount: bigint;
}

/** An idle player stays in the state; looked at again at `until`, or when next disconnected. */
export interface PlayerKept {
  readonly type: "player.kept";
  readonly player: PlayerId;
  readonly until: number | null;
}
