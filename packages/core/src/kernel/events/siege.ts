import type { MatchId, PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../commands.ts";

/** A member has joined their crew's side of a siege that gathers. */
export interface SiegeJoined {
  readonly type: "siege.joined";
  readonly match: MatchId;
  readonly player: PlayerId;
  /** 0: the crew that declared it; 1: the one that owns the territory. */
  readonly team: number;
  readonly rating: number;
  /** What is locked of theirs: the largest share there can be, until the size of the side is known. */
  readonly stake: bigint;
  readonly origin?: RequestOrigin;
}

/** A member has left a siege before it went on; their stake is theirs again. */
export interface SiegeLeft {
  readonly type: "siege.left";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly stake: bigint;
  /** `released`: their side was too large for the other. */
  readonly reason: "left" | "disconnected" | "crew_left" | "released";
  readonly by?: PlayerId;
  readonly origin?: RequestOrigin;
}
