import type { MatchId, NodeKey, PlayerId, PoolKey, TicketId } from "../ids.ts";
import type { Typed } from "../games/typing/typed.ts";
import type { Rules } from "../rules/rules.ts";
import type { ProposalQuality, RequestOrigin } from "./commands.ts";
import type { Effect, MatchResult, PreparationItem } from "./model.ts";
import type { RatingRecord } from "./records.ts";
import type { RefusalCode } from "./refusals.ts";

export type TicketEndReason =
  | "cancelled"
  | "no_opponents"
  | "disconnected"
  | "declined"
  | "ready_timeout"
  | "not_delivered"
  | "absent"
  | "mode_removed"
  | "played";

export type CancelReason =
  | "declined"
  | "abandoned"
  | "ready_timeout"
  | "disconnected"
  | "absent"
  | "escrow_failed"
  | "server_fault";

export interface Refused {
  readonly type: "refused";
  readonly code: RefusalCode;
  readonly command: string;
  readonly player?: PlayerId;
  readonly origin?: RequestOrigin;
  /** When a cooldown or the like ends, in shard time. */
  readonly until?: number;
}
/** An error of ours, recorded by every replica alike. */
export interface Violation {
  readonly type: "violation";
  readonly code: string;
  readonly detail: string;
}
export interface PlayerConnectedEvent {
  readonly type: "player.connected";
  readonly player: PlayerId;
  readonly epoch: number;
  readonly node: NodeKey;
  readonly guest: boolean;
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
export interface TicketQueued {
  readonly type: "ticket.queued";
  readonly ticket: TicketId;
  readonly players: readonly PlayerId[];
  readonly standings: readonly {
    readonly pool: PoolKey;
    readonly mode: string;
    readonly tier: string | null;
    readonly rating: number;
    readonly stake: bigint;
    readonly eligibleAt: number;
  }[];
  readonly stake: bigint;
  readonly draw: number;
  readonly opponentMin: number | null;
  readonly opponentMax: number | null;
  readonly expandSearch: boolean;
  readonly warnAt: number;
  readonly endAt: number;
  readonly records: readonly RatingRecord[];
  readonly secretEpoch: number;
  readonly origin?: RequestOrigin;
}
export interface TicketWarned {
  readonly type: "ticket.warned";
  readonly ticket: TicketId;
}
export interface TicketEnded {
  readonly type: "ticket.ended";
  readonly ticket: TicketId;
  readonly players: readonly PlayerId[];
  readonly reason: TicketEndReason;
  readonly origin?: RequestOrigin;
}
export interface MatchCreated {
  readonly type: "match.created";
  readonly match: MatchId;
  readonly mode: string;
  readonly tier: string | null;
  readonly pool: PoolKey;
  readonly rulesVersion: number;
  readonly secretEpoch: number;
  readonly state: "MATCHED" | "PREPARING";
  readonly deadline: number;
  readonly stake: bigint;
  readonly commitment: string | null;
  readonly quality: ProposalQuality;
  readonly tickets: readonly TicketId[];
  readonly players: readonly {
    readonly player: PlayerId;
    readonly team: number;
    readonly ticket: TicketId;
    readonly rating: number;
  }[];
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
  readonly effects: readonly Effect[];
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
  readonly players: readonly PlayerId[];
  readonly refund: bigint;
}
/** A node is gone: nothing it appends counts from here on. */
export interface NodeLost {
  readonly type: "node.lost";
  readonly node: NodeKey;
}
/** Players whose connection ended by a fault of ours, and matches whose deadlines move for it. */
export interface NodeOrphaned {
  readonly type: "node.orphaned";
  readonly node: NodeKey;
  /** Cooldowns given since then to its players are revoked. */
  readonly since: number;
  readonly extendMs: number;
  readonly players: readonly PlayerId[];
  readonly matches: readonly MatchId[];
}
/** A node has been heard from since its deadline was set. */
export interface NodeHeard {
  readonly type: "node.heard";
  readonly node: NodeKey;
}
export interface NodeUpEvent {
  readonly type: "node.up";
  readonly node: NodeKey;
  readonly levels: readonly number[];
}
export interface NodeLed {
  readonly type: "node.led";
  readonly node: NodeKey;
  readonly term: number;
}
export interface NodeDrainingEvent {
  readonly type: "node.draining";
  readonly node: NodeKey;
}
export interface LevelRaised {
  readonly type: "kernel.level";
  readonly level: number;
}
export interface EpochOpened {
  readonly type: "epoch.opened";
  readonly number: number;
  readonly hash: string;
}
export interface EpochRevealed {
  readonly type: "epoch.revealed";
  readonly number: number;
  readonly secret: string;
}
export interface RulesConfigured {
  readonly type: "rules.configured";
  readonly version: number;
  readonly rules: Rules;
}
export interface ArchiveProgressed {
  readonly type: "archive.progressed";
  readonly cursor: number;
}

export type KernelEvent =
  | Refused
  | Violation
  | PlayerConnectedEvent
  | PlayerDisconnectedEvent
  | PlayerEvicted
  | PlayerDeposited
  | PlayerKept
  | TicketQueued
  | TicketWarned
  | TicketEnded
  | MatchCreated
  | MatchNotifiedEvent
  | MatchAccepted
  | MatchPreparing
  | MatchEscrowed
  | MatchReady
  | MatchBeginning
  | MatchStarted
  | MatchCheckpointed
  | MatchFinished
  | MatchForfeited
  | MatchCounting
  | MatchResolved
  | MatchSettled
  | MatchSettlementLate
  | MatchCancelled
  | MatchVoided
  | NodeLost
  | NodeOrphaned
  | NodeUpEvent
  | NodeHeard
  | NodeLed
  | NodeDrainingEvent
  | LevelRaised
  | EpochOpened
  | EpochRevealed
  | RulesConfigured
  | ArchiveProgressed;
