import type { MatchId, PlayerId, ServerId } from "../../ids.ts";
import type { ServerOffer } from "../game-server.ts";
import type { Effect } from "../model.ts";
import type { RequestOrigin } from "../request-origin.ts";

export type ServerLostReason = "silent" | "restarted" | "down";

export interface ServerUpEvent {
  readonly type: "server.up";
  readonly server: ServerId;
  readonly allocator: string;
  readonly instance: string;
  readonly epoch: number;
  readonly offer: ServerOffer;
  readonly isHeard: boolean;
}
/** A server says something new of itself; its matches go on. */
export interface ServerChanged {
  readonly type: "server.changed";
  readonly server: ServerId;
  readonly offer: ServerOffer;
  readonly draining: boolean;
}
export interface ServerHeard {
  readonly type: "server.heard";
  readonly servers: readonly ServerId[];
}
/** A server is gone; what becomes of its matches follows. */
export interface ServerLost {
  readonly type: "server.lost";
  readonly server: ServerId;
  readonly reason: ServerLostReason;
}
/** Nothing is held any more under a key that was released. */
export interface ServerReleased {
  readonly type: "server.released";
  readonly key: string;
}

/** A client has loaded the game. */
export interface MatchLoaded {
  readonly type: "match.loaded";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly loaded: number;
  readonly total: number;
  readonly origin?: RequestOrigin;
}
/** A server is asked for. */
export interface MatchAllocating {
  readonly type: "match.allocating";
  readonly match: MatchId;
  readonly attempt: number;
  readonly deadline: number;
  readonly effect: Effect;
}
/** The match has a server, and each of its players a pass to it. */
export interface MatchAllocated {
  readonly type: "match.allocated";
  readonly match: MatchId;
  readonly attempt: number;
  readonly key: string;
  readonly server: ServerId;
  readonly allocator: string;
  readonly address: string;
  readonly region: string | null;
  /** An outside allocator lent it, for this match alone. */
  readonly isLent: boolean;
  /** The allocator's own name for it; null for one the kernel has chosen. */
  readonly name: string | null;
  /** By when the passes must be redeemed. */
  readonly until: number;
  /** What others may hold under the key is released. */
  readonly release: Effect | null;
}
/** No server was found. */
export interface MatchUnallocated {
  readonly type: "match.unallocated";
  readonly match: MatchId;
  readonly attempt: number;
  readonly key: string;
  readonly reason: string;
  readonly release: Effect | null;
}
/** The server of a match was lost before play: another one is asked for. */
export interface MatchServerLost {
  readonly type: "match.server_lost";
  readonly match: MatchId;
  readonly attempt: number;
}
export interface MatchAdmitted {
  readonly type: "match.admitted";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly serial: number;
  readonly until: number;
  readonly origin?: RequestOrigin;
}
export interface MatchRedeemed {
  readonly type: "match.redeemed";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly serial: number;
}
/** How a game stands by its server: the rank of each team. */
export interface MatchStood {
  readonly type: "match.stood";
  readonly match: MatchId;
  readonly ranks: readonly number[];
}
/** The result by one of the players: the rank of each team. */
export interface MatchClaimed {
  readonly type: "match.claimed";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly ranks: readonly number[];
  readonly origin?: RequestOrigin;
}

export type ServerEvents =
  | ServerUpEvent
  | ServerChanged
  | ServerHeard
  | ServerLost
  | ServerReleased
  | MatchLoaded
  | MatchAllocating
  | MatchAllocated
  | MatchUnallocated
  | MatchServerLost
  | MatchAdmitted
  | MatchRedeemed
  | MatchStood
  | MatchClaimed;
