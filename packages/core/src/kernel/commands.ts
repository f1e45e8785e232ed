import type { Typed } from "../games/typing/typed.ts";
import type { CrewId, MatchId, NodeKey, PartyId, PlayerId, TicketId } from "../ids.ts";
import type { ProposalQuality } from "../matching/formed-match.ts";
import type { Wishes } from "../matching/wishes.ts";
import type { Rules } from "../rules/rules.ts";
import type { AdminAct } from "./commands/admin-commands.ts";
import type { CrewCommand } from "./commands/crew-commands.ts";
import type { PartyCommand } from "./commands/party-commands.ts";
import type { ServerCommand } from "./commands/server-commands.ts";
import type { SiegeCommand } from "./commands/siege-commands.ts";
import type { HashClaim } from "./hash-claim.ts";
import type { Preferences } from "./preferences.ts";
import type { RatingRecord } from "./records.ts";
import type { RequestOrigin } from "./request-origin.ts";

export type * from "./commands/admin-commands.ts";
export type * from "./commands/crew-commands.ts";
export type * from "./commands/party-commands.ts";
export type * from "./commands/server-commands.ts";
export type * from "./commands/siege-commands.ts";
export type * from "./request-origin.ts";

export interface PlayerConnected {
  readonly type: "player.connected";
  readonly player: PlayerId;
  readonly node: NodeKey;
  readonly guest: boolean;
  /** What the archive knows of somebody the shard may have forgotten; the kernel keeps whichever has more games. */
  readonly records?: readonly RatingRecord[];
  /** What the archive knows the player to prefer; the kernel's own stays. Level 3. */
  readonly preferences?: Preferences;
  /** The player asks over HTTP and holds no connection: another node may take over. Level 3. */
  readonly via?: "http";
}
export interface PlayerDisconnected {
  readonly type: "player.disconnected";
  readonly player: PlayerId;
  readonly epoch: number;
}
/** What later tickets of a player want where they say nothing; it replaces what was preferred before. Level 3. */
export interface PlayerPrefer {
  readonly type: "player.prefer";
  readonly player: PlayerId;
  readonly preferences: Preferences;
  readonly origin?: RequestOrigin;
}
export interface TicketEnqueue {
  readonly type: "ticket.enqueue";
  readonly ticket: TicketId;
  readonly player: PlayerId;
  /** All players of the ticket; of a party exactly its members, and its leader asks. */
  readonly members: readonly PlayerId[];
  readonly party: PartyId | null;
  /** The crew that queues whole, as `members` of it, by its leader; left out: players on their own, or a party. */
  readonly crew?: CrewId;
  /** What the crew fights for, in modes with territories; left out elsewhere. */
  readonly territory?: string;
  readonly pools: readonly { readonly mode: string; readonly tier: string | null }[];
  /**
   * What is asked beyond the mode's rules. Roles stand in the order of the players, whoever asks first, then the
   * others as in `members`; of a party only the leader's are taken from here, the others' from what they said being ready.
   */
  readonly wishes?: Partial<Wishes>;
  /** Uint32 from the epoch's secret: breaks ties and draws the anti-snipe delay. */
  readonly draw: number;
  readonly secretEpoch: number;
  /** The archive's records; the kernel keeps whichever has more games. */
  readonly records?: readonly RatingRecord[];
  /** The game's own data, kept with the ticket and handed on to its match. */
  readonly custom?: string;
  readonly origin?: RequestOrigin;
}
export interface TicketCancel {
  readonly type: "ticket.cancel";
  readonly player: PlayerId;
  /** The one that is meant; left out: whichever the player has. Level 3. */
  readonly ticket?: TicketId;
  readonly origin?: RequestOrigin;
}
export interface MatcherPropose {
  readonly type: "matcher.propose";
  readonly term: number;
  readonly match: MatchId;
  readonly pool: string;
  readonly rulesVersion: number;
  readonly teams: readonly (readonly TicketId[])[];
  /** In modes with roles: by team, the role of each player, in the order of its tickets and their players. */
  readonly roles?: readonly (readonly string[])[];
  /** One of the mode's maps; null where it has none. */
  readonly map?: string | null;
  readonly quality: ProposalQuality;
  readonly secretEpoch: number;
  /** SHA-256 of salt and text; null for games that are played elsewhere. */
  readonly commitment: string | null;
}
/** Registers tickets for a round; the first ones open it. */
export interface RoundFill extends Omit<MatcherPropose, "type" | "teams" | "roles"> {
  readonly type: "round.fill";
  readonly tickets: readonly TicketId[];
}
/** The leader's matcher failed on a mode: the mode waits a while, the others go on. */
export interface MatcherViolation {
  readonly type: "matcher.violation";
  readonly term: number;
  readonly code: "MATCHER_FAILED" | "MATCHER_OVERRAN" | "MATCHER_REFUSED";
  readonly detail: string;
}
export interface MatchNotified {
  readonly type: "match.notified";
  readonly match: MatchId;
  readonly player: PlayerId;
}
export interface MatchAccept {
  readonly type: "match.accept";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}
export interface MatchDecline {
  readonly type: "match.decline";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}
export interface MatchAbandon {
  readonly type: "match.abandon";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}
export interface MatchBegin {
  readonly type: "match.begin";
  readonly match: MatchId;
  readonly text: string;
  readonly salt: string;
}
export interface MatchCheckpoint {
  readonly type: "match.checkpoint";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly epoch: number;
  readonly typed: Typed;
  readonly final: boolean;
}
export interface MatchFinish {
  readonly type: "match.finish";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly epoch: number;
  readonly typed: Typed;
}
/** The result of an externally played game: a rank for each team, 1 the best; equal ranks tie. */
export interface MatchReport {
  readonly type: "match.report";
  readonly match: MatchId;
  readonly ranks: readonly number[];
}
/** A match of a mode without `autoDispatch` is sent to its server. */
export interface MatchDispatch {
  readonly type: "match.dispatch";
  readonly match: MatchId;
  /** Where it is played, in the game's own words. */
  readonly server: string;
}
/** An operator ends a match that has no result: before play it is cancelled, in play it is void. */
export interface MatchClose {
  readonly type: "match.close";
  readonly match: MatchId;
  readonly reason: string;
}
export interface EffectDone {
  readonly type: "effect.done";
  readonly key: string;
  readonly txHash: string | null;
}
export interface EffectFailed {
  readonly type: "effect.failed";
  readonly key: string;
  readonly reason: string;
  /** Of an allocation: whether a server may be held for it all the same. Level 3. */
  readonly isUnsure?: boolean;
}
export interface EpochOpen {
  readonly type: "epoch.open";
  readonly term: number;
  readonly number: number;
  readonly hash: string;
}
export interface EpochReveal {
  readonly type: "epoch.reveal";
  readonly term: number;
  readonly number: number;
  readonly secret: string;
}
export interface RulesConfigure {
  readonly type: "rules.configure";
  readonly rules: Rules;
}
export interface NodeUp {
  readonly type: "node.up";
  readonly levels: readonly number[];
  /** Where other nodes reach this one's relay, `host:port`; null where nodes do not speak with each other. */
  readonly address?: string | null;
}

/** A node says what it made of the log, so that a replica which differs is found. Level 2. */
export interface NodeHash extends HashClaim {
  readonly type: "node.hash";
}
export interface NodeAlive {
  readonly type: "node.alive";
}
export interface NodeLead {
  readonly type: "node.lead";
}
export interface NodeDraining {
  readonly type: "node.draining";
}
export interface KernelLevel {
  readonly type: "kernel.level";
  readonly term: number;
  readonly level: number;
}

/** The archive has stored everything up to this position. */
export interface ArchiveProgress {
  readonly type: "archive.progress";
  readonly cursor: number;
}

/** Whatever happens is a command. */
export type Command =
  | PlayerConnected
  | PlayerDisconnected
  | PlayerPrefer
  | PartyCommand
  | CrewCommand
  | SiegeCommand
  | ServerCommand
  | AdminAct
  | TicketEnqueue
  | TicketCancel
  | MatcherPropose
  | RoundFill
  | MatcherViolation
  | MatchNotified
  | MatchAccept
  | MatchDecline
  | MatchAbandon
  | MatchBegin
  | MatchCheckpoint
  | MatchFinish
  | MatchReport
  | MatchDispatch
  | MatchClose
  | EffectDone
  | EffectFailed
  | EpochOpen
  | EpochReveal
  | RulesConfigure
  | NodeUp
  | NodeAlive
  | NodeLead
  | NodeDraining
  | NodeHash
  | KernelLevel
  | ArchiveProgress;

/** A command with its place in the log. */
export interface Entry {
  /** 1, 2, 3, … without gaps. */
  readonly position: number;
  /** Unix ms, stamped by the store, never below the previous. */
  readonly at: number;
  readonly node: NodeKey;
  readonly command: Command;
}
