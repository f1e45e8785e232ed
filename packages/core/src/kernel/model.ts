import type { Typed } from "../games/typing/typed.ts";
import type { MatchId, NodeKey, PlayerId, PoolKey, TicketId } from "../ids.ts";
import type { PoolIndex } from "../matching/pool-index.ts";
import type { Standing as PoolStanding } from "../matching/standing.ts";
import type { Traffic } from "../matching/traffic.ts";
import type { Waiting } from "../scheduling/deadline-heap.ts";
import type { ClientRequests } from "./client-requests.ts";
import type { RatingRecord, RecentOpponent } from "./records.ts";

/** One no-show or decline in a mode. */
export interface Offence {
  readonly mode: string;
  readonly at: number;
  readonly cooldownUntil: number;
}

export interface Player extends Waiting {
  readonly kind: "player";
  readonly id: PlayerId;
  readonly guest: boolean;
  /** Position of the live connection's `player.connected`; 0 while disconnected. */
  epoch: number;
  /** The node that holds, or last held, the connection. */
  node: NodeKey | null;
  /** Position of the last entry that changed the player's record or books. */
  touchedAt: number;
  ticket: TicketId | null;
  match: MatchId | null;
  available: bigint;
  /** When the faucet last granted something; null before. */
  faucetAt: number | null;
  /** Resolved matches that still owe this player their settlement. */
  settling: number;
  records: readonly RatingRecord[];
  offences: readonly Offence[];
  undelivered: readonly number[];
  recentOpponents: readonly RecentOpponent[];
  requests: ClientRequests;
}

/** A ticket's place in one pool. */
export interface Standing extends PoolStanding {
  readonly ticketId: TicketId;
  readonly playerIds: readonly PlayerId[];
  readonly pool: PoolKey;
  readonly stake: bigint;
}

export interface Ticket extends Waiting {
  readonly kind: "ticket";
  readonly id: TicketId;
  readonly playerIds: readonly PlayerId[];
  readonly enqueuedAt: number;
  readonly warnAt: number;
  readonly endAt: number;
  readonly standings: readonly Standing[];
  /** Locked per player while the ticket waits. */
  readonly stake: bigint;
  readonly secretEpoch: number;
  state: "waiting" | "matched";
  warned: boolean;
  /** When the ticket ends because a player of it is away; Infinity while all are present. */
  absentUntil: number;
}

export interface MatchPlayer {
  readonly id: PlayerId;
  readonly team: number;
  readonly ticketId: TicketId;
  readonly rating: number;
  accepted: boolean;
  notified: boolean;
  /** When the player forfeits for being away; Infinity while present. */
  absentUntil: number;
  /** Cut off by a fault of ours and not back since. */
  orphaned: boolean;
  /** What the standing knows: filled by checkpoints. */
  typed: Typed;
  checkpointAt: number;
  finishedAt: number | null;
  final: boolean;
  forfeited: boolean;
}

export type PreparationItem = "escrow";

export type Phase =
  | { readonly state: "MATCHED"; readonly deadline: number }
  | {
      readonly state: "PREPARING";
      readonly deadline: number;
      /** Null until the checklist is drawn up, which happens at the entry that made the match. */
      readonly pending: readonly PreparationItem[] | null;
    }
  | {
      readonly state: "READY";
      readonly deadline: number;
      readonly startsAt: number;
      readonly beginning: boolean;
    }
  | {
      readonly state: "ACTIVE";
      readonly deadline: number;
      readonly startedAt: number;
      readonly endsAt: number;
      readonly counting: boolean;
      readonly text: string | null;
      readonly salt: string | null;
    }
  | { readonly state: "RESOLVED"; readonly deadline: number; readonly result: MatchResult };

export type EndState = "SETTLED" | "CANCELLED" | "VOIDED";
export type MatchState = "FORMING" | Phase["state"] | EndState;

export type EndReason = "completed" | "timeout" | "forfeit";

export interface PlayerResult {
  readonly player: PlayerId;
  readonly team: number;
  readonly outcome: "win" | "loss" | "tie";
  readonly typed: Typed;
  readonly accuracy: number;
  readonly wpm: number;
  readonly timeMs: number;
  readonly payout: bigint;
  readonly before: RatingRecord;
  readonly after: RatingRecord;
}

export interface MatchResult {
  readonly endReason: EndReason;
  /** Empty for a tie. */
  readonly winners: readonly PlayerId[];
  readonly players: readonly PlayerResult[];
  readonly burned: bigint;
  readonly durationMs: number;
}

export interface Match extends Waiting {
  readonly kind: "match";
  readonly id: MatchId;
  readonly mode: string;
  readonly tier: string | null;
  readonly pool: PoolKey;
  readonly rulesVersion: number;
  readonly secretEpoch: number;
  readonly createdAt: number;
  readonly stake: bigint;
  readonly commitment: string | null;
  readonly players: readonly MatchPlayer[];
  /** The tickets it was made from; kept so that they can return to waiting. Empty once play has begun. */
  tickets: readonly Ticket[];
  /** Money held by the match, beyond the locks of its tickets. */
  pot: bigint;
  phase: Phase;
}

export interface Pool {
  readonly key: PoolKey;
  readonly mode: string;
  readonly tier: string | null;
  readonly index: PoolIndex;
  /** Moving average of the waits of matched tickets, in ms; 0 before the first. */
  meanWaitMs: number;
  matchedCount: number;
  readonly traffic: Traffic;
}

export interface NodeRecord extends Waiting {
  readonly kind: "node";
  readonly id: NodeKey;
  readonly levels: readonly number[];
  lastEntryAt: number;
  draining: boolean;
}

export type EffectKind = "escrow" | "begin" | "settle";

/** Work outside that is owed: at least once, and once in effect where the target honours the key. */
export interface Effect {
  readonly key: string;
  readonly kind: EffectKind;
  readonly matchId: MatchId;
  readonly since: number;
}

export interface SecretEpoch {
  readonly number: number;
  readonly hash: string;
  readonly openedAt: number;
  /** Tickets and matches that drew from it and have not ended. */
  uses: number;
}

/** Totals of the books; the rest of the money is found by summing up players, tickets and matches. */
export interface Books {
  deposits: bigint;
  withdrawals: bigint;
  burned: bigint;
  rake: bigint;
}
