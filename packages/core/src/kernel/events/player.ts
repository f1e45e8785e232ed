import type { MatchId, NodeKey, PlayerId } from "../../ids.ts";
import type { RatingRecord } from "../records.ts";

export interface PlayerConnectedEvent {
  readonly type: "player.connected";
  readonly player: PlayerId;
  readonly epoch: number;
  readonly node: NodeKey;
  readonly guest: boolean;
  /** The archive's records; left out where it has none. */
  readonly records?: readonly RatingRecord[];
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
