/** The engine of MatchForge: a library for your own process, and the parts a coordinator is made of. */

export type { KernelEvent, MatchId, PartyId, PlayerId, RatingRecord, TicketId } from "@matchforge/core";
export {
  analyseRules,
  averageParty,
  conservativeEstimate,
  type Decay,
  defaultRating,
  defineMode,
  defineRules,
  eloSystem,
  fiveVsFive,
  freeForAll,
  glicko2System,
  hardReset,
  linearDecay,
  type Matcher,
  type MatcherView,
  type ModeRules,
  maxParty,
  noDecay,
  oneVsOne,
  type PartyRating,
  permissive,
  type Rating,
  type RatingSystem,
  type Rules,
  rulesProblems,
  type SuggestedMatch,
  softReset,
  strict,
  type TeamAssigner,
  twoVsTwo,
  VERSION,
  weightedParty,
  wengLinSystem,
} from "@matchforge/core";
export { type MatchRecord, matchRecordOf } from "./archive/match-record.ts";
export { ledgerChain } from "./chain/ledger.ts";
export type { Chain, ChainOutcome, Share } from "./chain/port.ts";
export { createSecretDice, type Hmac } from "./dice/secret-dice.ts";
export { EngineError, type EngineErrorCode, engineErrorCodes } from "./engine-error.ts";
export { createMatchForge } from "./facade/create-match-forge.ts";
export type { JoinRequest } from "./facade/join.ts";
export type { Lobbies, Lobby, LobbyState } from "./facade/lobbies.ts";
export { ManualClock } from "./facade/manual-clock.ts";
export type { EnginePlugins, Handler, MatchForge, MatchForgeOptions, Ranked } from "./facade/match-forge.ts";
export type { Parties } from "./facade/parties.ts";
export type { Result } from "./facade/results.ts";
export { Runner, type RunnerOptions, runnerPresets } from "./facade/runner.ts";
export { engineLimits } from "./limits.ts";
export { batchesFrom, entriesFrom, entriesOf } from "./node/batch-codec.ts";
export { EngineNode, type EngineNodeOptions, restoreNewest } from "./node/engine-node.ts";
export { type AppliedListener, eventsText, Replica } from "./node/replica.ts";
export type { Clock, Dice, Ids, Outcome, Report, Submit } from "./ports.ts";
export { OutsideViewReactor, type OutsideViewReactorOptions } from "./reactors/outside-view-reactor.ts";
export { EngineRoom, type EngineRoomOptions } from "./room/engine-room.ts";
export { KnownServers } from "./servers/known-servers.ts";
export type {
  AllocatedServer,
  AllocationOutcome,
  AllocationRequest,
  ReleaseOutcome,
  ServerAllocator,
} from "./servers/port.ts";
export type { ListedServer, ServerSources } from "./servers/server-sources.ts";
export { ChannelsReactor, type ChannelsReactorOptions } from "./streams/channels/channels-reactor.ts";
export { StreamReactor, type StreamReactorOptions } from "./streams/stream-reactor.ts";
export { type Verification, verifyMatch } from "./verify/verify-match.ts";
