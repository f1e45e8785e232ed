import type { AdminEvents } from "./events/admin.ts";
import type { CrewEvents } from "./events/crew.ts";
import type {
  MatchAccepted,
  MatchBeginning,
  MatchCancelled,
  MatchCheckpointed,
  MatchCounting,
  MatchCreated,
  MatchDispatched,
  MatchEscrowed,
  MatchFinished,
  MatchForfeited,
  MatchNotifiedEvent,
  MatchPreparing,
  MatchReady,
  MatchResolved,
  MatchSettled,
  MatchSettlementLate,
  MatchStarted,
  MatchVoided,
} from "./events/match.ts";
import type { PartyEvents } from "./events/party.ts";
import type {
  PlayerConnectedEvent,
  PlayerDeposited,
  PlayerDisconnectedEvent,
  PlayerEvicted,
  PlayerKept,
  PlayerPreferred,
} from "./events/player.ts";
import type { Refused, Violation } from "./events/refusal.ts";
import type { RoundExtended, RoundJoined, RoundLeft } from "./events/round.ts";
import type { ServerEvents } from "./events/server.ts";
import type {
  ArchiveProgressed,
  EpochOpened,
  EpochRevealed,
  LevelRaised,
  NodeDiffers,
  NodeDrainingEvent,
  NodeHashed,
  NodeHeard,
  NodeLed,
  NodeLost,
  NodeOrphaned,
  NodeUpEvent,
  RulesConfigured,
  ShardHalted,
} from "./events/shard.ts";
import type { SiegeJoined, SiegeLeft } from "./events/siege.ts";
import type { TerritoryFreed, TerritoryTaken } from "./events/territory.ts";
import type { TicketEnded, TicketQueued, TicketWarned } from "./events/ticket.ts";

export type * from "./events/admin.ts";
export type * from "./events/crew.ts";
export type * from "./events/match.ts";
export type * from "./events/party.ts";
export type * from "./events/player.ts";
export type * from "./events/refusal.ts";
export type * from "./events/round.ts";
export type * from "./events/server.ts";
export type * from "./events/shard.ts";
export type * from "./events/siege.ts";
export type * from "./events/territory.ts";
export type * from "./events/ticket.ts";

/** Whatever `decide` says has happened: plain data, enough for `evolve` to record it. */
export type KernelEvent =
  | Refused
  | Violation
  | PlayerConnectedEvent
  | PlayerDisconnectedEvent
  | PlayerEvicted
  | PlayerDeposited
  | PlayerKept
  | PlayerPreferred
  | PartyEvents
  | CrewEvents
  | TerritoryTaken
  | TerritoryFreed
  | TicketQueued
  | TicketWarned
  | TicketEnded
  | MatchCreated
  | RoundJoined
  | RoundLeft
  | RoundExtended
  | SiegeJoined
  | SiegeLeft
  | MatchNotifiedEvent
  | MatchAccepted
  | MatchPreparing
  | MatchEscrowed
  | MatchReady
  | MatchDispatched
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
  | ServerEvents
  | AdminEvents
  | NodeLost
  | NodeOrphaned
  | NodeUpEvent
  | NodeHashed
  | NodeDiffers
  | ShardHalted
  | NodeHeard
  | NodeLed
  | NodeDrainingEvent
  | LevelRaised
  | EpochOpened
  | EpochRevealed
  | RulesConfigured
  | ArchiveProgressed;
