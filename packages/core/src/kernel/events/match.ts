import type { Typed } from "../../games/typing/typed.ts";
import type { MatchId, PlayerId, PoolKey, TicketId } from "../../ids.ts";
import type { ProposalQuality } from "../../matching/formed-match.ts";
import type { RequestOrigin } from "../commands.ts";
import type { Contest, Effect, MatchResult, PreparationItem } from "../model.ts";
import type { TicketEndReason } from "./ticket.ts";

export type CancelReason =
  | "declined"
  | "abandoned"
  | "ready_timeout"
  | "disconnected"
  | "absent"
  | "escrow_failed"
  | "server_fault"
  | "not_dispatched"
  | "loading_timeout"
  | "no_server"
  | "too_few_players"
  | "territory_taken"
  | "undefended"
  | "closed";

export interface MatchCreated {
  readonly type: "match.created";
  readonly match: MatchId;
  readonly mode: string;
  readonly tier: string | null;
  readonly pool: PoolKey;
  /** The territory it is about and the crews that fight for it; null: none. */
  readonly contest: Contest | null;
  readonly rulesVersion: number;
  readonly secretEpoch: number;
  /** What was published of that epoch's secret. */
  readonly epochHash: string;
  readonly state: "FORMING" | "MATCHED" | "PREPARING";
  readonly deadline: number;
  /** What its tier stakes by the rules: of each player, or of each side. */
  readonly stake: bigint;
  readonly commitment: string | null;
  readonly region: string | null;
  readonly map: string | null;
  readonly quality: ProposalQuality;
  /** Of each team to win, by the mode's rating system and the ratings before the match. */
  readonly winProbabilities: readonly number[];
  /** Why a plug-in's answer was not taken. */
  readonly fault?: string;
  readonly tickets: readonly TicketId[];
  readonly players: readonly {
    readonly player: PlayerId;
    readonly team: number;
    readonly ticket: TicketId;
    readonly rating: number;
    readonly role: string | null;
    /** What the player puts in. */
    readonly stake: bigint;
  }[];
  /** Who asked for it, of a siege. */
  readonly by?: PlayerId;
  readonly origin?: RequestOrigin;
}

export interface MatchNotifiedEvent {
  readonly type: "match.notified";
  readonly match: MatchId;
  readonly player: PlayerId;
}

export interface MatchAccepted {
  readonly type: "match.accepted";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly ready: number;
  readonly total: number;
  readonly origin?: RequestOrigin;
}

export interface MatchPreparing {
  readonly type: "match.preparing";
  readonly match: MatchId;
  readonly deadline: number;
  readonly pending: readonly PreparationItem[];
  /** By when each item must be done; left out where escrow is all there is to wait for. */
  readonly due?: Readonly<Partial<Record<PreparationItem, number>>>;
  readonly effects: readonly Effect[];
  /** Of a siege: what each puts in, now that the sizes of the sides are known. What was locked beyond it is free. */
  readonly stakes?: readonly { readonly player: PlayerId; readonly amount: bigint }[];
}

export interface MatchEscrowed {
  readonly type: "match.escrowed";
  readonly match: MatchId;
  readonly key: string;
  readonly txHash: string | null;
}

export interface MatchReady {
  readonly type: "match.ready";
  readonly match: MatchId;
  /** When play begins; where it awaits dispatch, by when it must be sent. */
  readonly startsAt: number;
  readonly awaitsDispatch: boolean;
}

/** The match was sent to its server. */
export interface MatchDispatched {
  readonly type: "match.dispatched";
  readonly match: MatchId;
  readonly server: string;
  readonly startsAt: number;
}

/** The countdown is over and everyone is present: the text is owed. */
export interface MatchBeginning {
  readonly type: "match.beginning";
  readonly match: MatchId;
  readonly deadline: number;
  readonly effect: Effect;
}

export interface MatchStarted {
  readonly type: "match.started";
  readonly match: MatchId;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly text: string | null;
  readonly salt: string | null;
  readonly tickets: readonly TicketId[];
  /** Players who are away at the start and when they forfeit. */
  readonly absent: readonly { readonly player: PlayerId; readonly until: number }[];
}

export interface MatchCheckpointed {
  readonly type: "match.checkpointed";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly typed: Typed;
  readonly final: boolean;
}

export interface MatchFinished {
  readonly type: "match.finished";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly typed: Typed;
}

export interface MatchForfeited {
  readonly type: "match.forfeited";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}

export interface MatchCounting {
  readonly type: "match.counting";
  readonly match: MatchId;
  readonly deadline: number;
}

export interface MatchResolved {
  readonly type: "match.resolved";
  readonly match: MatchId;
  readonly mode: string;
  readonly result: MatchResult;
  readonly deadline: number;
  readonly effect: Effect | null;
  /** Why a plug-in's answer was not taken. */
  readonly fault?: string;
}

export interface MatchSettled {
  readonly type: "match.settled";
  readonly match: MatchId;
  readonly txHash: string | null;
  readonly key: string | null;
  readonly payouts: readonly { readonly player: PlayerId; readonly amount: bigint }[];
  readonly burned: bigint;
}

/** A settlement takes long; it is retried for ever. */
export interface MatchSettlementLate {
  readonly type: "match.settlement_late";
  readonly match: MatchId;
  readonly deadline: number;
}

/** What becomes of each ticket of a cancelled match. */
export interface TicketFate {
  readonly ticket: TicketId;
  readonly players: readonly PlayerId[];
  /** Null: it returns to the front of its pools with its age. */
  readonly ended: TicketEndReason | null;
}

export interface MatchCancelled {
  readonly type: "match.cancelled";
  readonly match: MatchId;
  readonly mode: string;
  readonly reason: CancelReason;
  readonly fates: readonly TicketFate[];
  readonly offenders: readonly { readonly player: PlayerId; readonly cooldownUntil: number }[];
  readonly undelivered: readonly PlayerId[];
  readonly origin?: RequestOrigin;
}

export interface MatchVoided {
  readonly type: "match.voided";
  readonly match: MatchId;
  readonly reason: string;
  /** To everybody what they put in. */
  readonly refunds: readonly { readonly player: PlayerId; readonly amount: bigint }[];
}
