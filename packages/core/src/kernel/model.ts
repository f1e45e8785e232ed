import type { Typed } from "../games/typing/typed.ts";
import type { CrewId, MatchId, NodeKey, PartyId, PlayerId, PoolKey, TicketId } from "../ids.ts";
import type { PoolIndex } from "../matching/pool-index.ts";
import type { Standing as PoolStanding } from "../matching/standing.ts";
import type { Traffic } from "../matching/traffic.ts";
import type { WaitHistory } from "../matching/wait-history.ts";
import type { RegionLatency } from "../matching/wishes.ts";
import type { Waiting } from "../scheduling/deadline-heap.ts";
import type { ClientRequests } from "./client-requests.ts";
import type { Allocation, MatchTicket } from "./game-server.ts";
import type { HashClaim, HashSubject } from "./hash-claim.ts";
import type { Phase } from "./phase.ts";
import type { Preferences } from "./preferences.ts";
import type { RatingRecord, RecentOpponent } from "./records.ts";

export type * from "./game-server.ts";
export type * from "./phase.ts";

/** One no-show or decline in a mode. */
export interface Offence {
  readonly mode: string;
  readonly at: number;
  /** The node that held, or last held, the player's connection. */
  readonly node: NodeKey | null;
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
  party: PartyId | null;
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
  /** Present without a connection, by asking over HTTP; left out: by a connection. */
  via?: "http";
  /** What tickets want that say nothing of their own; left out: nothing. */
  preferences?: Preferences;
}

export interface PartyMember {
  readonly player: PlayerId;
  readonly ready: boolean;
  /** Roles the member accepts, the best first; empty: any. */
  readonly roles: readonly string[];
  readonly latencies: readonly RegionLatency[] | null;
}

/** Players who queue as one. */
export interface Party extends Waiting {
  readonly kind: "party";
  readonly id: PartyId;
  readonly sizeMax: number;
  leader: PlayerId;
  /** The longest-standing first. */
  members: readonly PartyMember[];
  invitations: readonly { readonly player: PlayerId; readonly until: number }[];
}

/** A lasting party: it outlives its members' connections, and knows them by their ids alone. */
export interface Crew extends Waiting {
  readonly kind: "crew";
  readonly id: CrewId;
  leader: PlayerId;
  /** The longest-standing first. */
  members: readonly PlayerId[];
  invitations: Party["invitations"];
  /** Matches about a territory in which it is a side and that are not decided. */
  contests: readonly MatchId[];
}

/** Ground that crews fight for. Kept while somebody owns it or fights for it. */
export interface Territory {
  readonly mode: string;
  readonly name: string;
  owner: CrewId | null;
  /** The matches about it that are not decided. */
  contests: readonly MatchId[];
}

/** What two crews fight for in a match. */
export interface Contest {
  readonly territory: string;
  /** By team. */
  readonly crews: readonly [CrewId, CrewId];
  /** The first has declared it, the second owns the territory and was called. */
  readonly isSiege: boolean;
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
  readonly party: PartyId | null;
  /** The crew that queued; left out where none did. */
  crew?: CrewId;
  readonly playerIds: readonly PlayerId[];
  readonly enqueuedAt: number;
  readonly warnAt: number;
  readonly endAt: number;
  readonly standings: readonly Standing[];
  /** Locked per player while the ticket waits. */
  readonly stake: bigint;
  readonly secretEpoch: number;
  /** The game's own data; left out where there is none. */
  readonly custom?: string;
  state: "waiting" | "matched";
  warned: boolean;
  /** When the ticket ends because a player of it is away; Infinity while all are present. */
  absentUntil: number;
}

export interface MatchPlayer {
  readonly id: PlayerId;
  readonly team: number;
  /** Null in a siege, which members join one by one: then the match itself holds their stake. */
  readonly ticketId: TicketId | null;
  readonly rating: number;
  /** What the player puts in, and gets back where nobody wins. */
  stake: bigint;
  /** What the player plays in the team; null in modes without roles. */
  readonly role: string | null;
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
  /** The client has loaded the game, in modes that ask for it. */
  loaded?: true;
  /** The newest pass to the match's server, where it has one. */
  matchTicket?: MatchTicket;
  /** The rank of each team by what this player says, in modes whose players report the result. */
  claim?: readonly number[];
}

export interface Match extends Waiting {
  readonly kind: "match";
  readonly id: MatchId;
  readonly mode: string;
  readonly tier: string | null;
  readonly pool: PoolKey;
  /** The territory it is about; null: none. */
  readonly contest: Contest | null;
  readonly rulesVersion: number;
  readonly secretEpoch: number;
  /** Its number among the rounds of its pool; null for a match that is none. */
  readonly round: number | null;
  readonly createdAt: number;
  /** When its last tickets came in. */
  formedAt: number;
  /** What its tier stakes by the rules: of each player, or of each side. */
  readonly stake: bigint;
  readonly commitment: string | null;
  /** Where it is played; null where the mode leaves that open. */
  region: string | null;
  readonly map: string | null;
  /** The server it was sent to, in the game's own words; null before. */
  server: string | null;
  /** The server that was asked for; left out before. */
  allocation?: Allocation;
  /** The rank of each team by the newest standing that its server has told; left out before. */
  standing?: readonly number[];
  /** What its tickets brought along. */
  custom: readonly { readonly ticket: TicketId; readonly custom: string }[];
  players: readonly MatchPlayer[];
  /** The tickets it was made from; kept so that they can return to waiting. Empty once play has begun. */
  tickets: readonly Ticket[];
  /** Money held by the match, beyond the locks of its tickets. */
  pot: bigint;
  /** How often its deadline has moved for a fault of ours. */
  extensions: number;
  phase: Phase;
}

export interface Pool {
  readonly key: PoolKey;
  readonly mode: string;
  readonly tier: string | null;
  /** What its crews fight for; null: no territory. */
  readonly territory: string | null;
  readonly index: PoolIndex;
  /** Moving average of the waits of matched tickets, in ms; 0 before the first. */
  meanWaitMs: number;
  matchedCount: number;
  /** Matches made of its tickets; a round counts when it stops registering players. */
  matchCount: number;
  readonly traffic: Traffic;
  readonly waits: WaitHistory;
  /** How many rounds were opened, ever. */
  roundCount: number;
  /** Rounds that still register players, in the order of opening. */
  forming: readonly MatchId[];
}

export interface NodeRecord extends Waiting {
  readonly kind: "node";
  readonly id: NodeKey;
  readonly levels: readonly number[];
  readonly address: string | null;
  lastEntryAt: number;
  draining: boolean;
  /** Its newest claims; level 1 knows none. */
  claims?: Partial<Record<HashSubject, HashClaim>>;
}

export type EffectKind = "escrow" | "begin" | "settle" | "allocate" | "release";

/** Work outside that is owed: at least once, and once in effect where the target honours the key. */
export interface Effect {
  readonly key: string;
  readonly kind: EffectKind;
  readonly matchId: MatchId;
  readonly since: number;
  /** Of a release: the allocator that keeps what it gave under the key; left out: none does. */
  readonly except?: string;
  /** Of a release: the only allocator that holds anything; left out: any may. */
  readonly only?: string;
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
