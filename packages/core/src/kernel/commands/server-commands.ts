import type { MatchId, PlayerId, ServerId } from "../../ids.ts";
import type { ReportedTeam, ServerOffer } from "../game-server.ts";
import type { RequestOrigin } from "../request-origin.ts";

/** A game server comes up, or says something new of itself. Level 3, like all commands of this file. */
export interface ServerUp {
  readonly type: "server.up";
  readonly server: ServerId;
  readonly allocator: string;
  /** Names one run of the server's program. */
  readonly instance: string;
  readonly offer: ServerOffer;
  /** Whether it says regularly that it lives. */
  readonly isHeard: boolean;
}
/** Game servers were heard of by a node: one entry for all of them. */
export interface ServerAlive {
  readonly type: "server.alive";
  readonly servers: readonly { readonly server: ServerId; readonly epoch: number }[];
}
/** A game server takes no new matches, or takes them again. */
export interface ServerDrain {
  readonly type: "server.drain";
  readonly server: ServerId;
  readonly epoch: number;
  readonly draining: boolean;
}
/** A game server ends: what it still plays is lost. */
export interface ServerDown {
  readonly type: "server.down";
  readonly server: ServerId;
  readonly epoch: number;
}
/** The kernel chooses among the servers that it knows. */
export interface ServerChoose {
  readonly type: "server.choose";
  /** The effect that asks for it. */
  readonly key: string;
  readonly allocator: string;
  /** Whether somebody else may hold a server for it as well. */
  readonly isUnsure: boolean;
}
/** An outside allocator has lent a server. */
export interface ServerLent {
  readonly type: "server.lent";
  readonly key: string;
  readonly allocator: string;
  /** The allocator's own name for it. */
  readonly name: string;
  readonly address: string;
  readonly region: string | null;
  readonly isUnsure: boolean;
}

/** A client has loaded the game. */
export interface MatchLoadedCommand {
  readonly type: "match.loaded";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}
/** A player asks for a fresh pass to the match's server; the one before is worth nothing. */
export interface MatchAdmit {
  readonly type: "match.admit";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}
/** A server takes a player's pass. */
export interface MatchRedeem {
  readonly type: "match.redeem";
  readonly match: MatchId;
  readonly attempt: number;
  readonly player: PlayerId;
  readonly serial: number;
}
/** How a game stands by its server, for the case that the server is lost. */
export interface MatchStanding {
  readonly type: "match.standing";
  readonly match: MatchId;
  readonly attempt: number;
  readonly teams: readonly ReportedTeam[];
}
/** The result of a game by the server it was played on. */
export interface MatchResultCommand {
  readonly type: "match.result";
  readonly match: MatchId;
  readonly attempt: number;
  readonly teams: readonly ReportedTeam[];
}
/** The result of a game by one of its players, in modes without a server. */
export interface MatchClaim {
  readonly type: "match.claim";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly teams: readonly ReportedTeam[];
  readonly origin?: RequestOrigin;
}

export type ServerCommand =
  | ServerUp
  | ServerAlive
  | ServerDrain
  | ServerDown
  | ServerChoose
  | ServerLent
  | MatchLoadedCommand
  | MatchAdmit
  | MatchRedeem
  | MatchStanding
  | MatchResultCommand
  | MatchClaim;
