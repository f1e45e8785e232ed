/** The rules of MatchForge: pure, no clock, no randomness, no I/O. */

export { exponential, powerOfTen } from "./arithmetic/exponential.ts";
export { formAgain } from "./formers/form-again.ts";
export type {
  Matcher,
  MatcherView,
  MatchingPlugins,
  SuggestedMatch,
  TeamAssigner,
} from "./formers/matcher.ts";
export { type WavePool, wavesOf } from "./formers/waves-of.ts";
export { type KeysOutcome, type KeysRefusal, TypingRun } from "./games/typing/run.ts";
export { commitText, composeSequence } from "./games/typing/sequence.ts";
export { rankStandings, statsOf, type TypingPlayer, type TypingStats } from "./games/typing/standing.ts";
export { backspace, isComplete, nothingTyped, type Typed, typeKeys } from "./games/typing/typed.ts";
export { typingLimits } from "./games/typing/typing-limits.ts";
export { type ContentHash, contentHash, contentHashText, emptyContentHash } from "./hashing/content-hash.ts";
export { hmacSha256Hex, sha256Hex } from "./hashing/sha256.ts";
export {
  type CrewId,
  compareIds,
  type MatchId,
  type NodeKey,
  type PartyId,
  type PlayerId,
  type PoolKey,
  poolKeyOf,
  type ServerId,
  type TicketId,
} from "./ids.ts";
export { applyEntry } from "./kernel/apply-entry.ts";
export type * from "./kernel/commands.ts";
export { decide } from "./kernel/decide/decide.ts";
export { areUsable } from "./kernel/decide/rules.ts";
export { antiSnipeDelayMs } from "./kernel/decide/ticket-standing.ts";
export type * from "./kernel/events.ts";
export type * from "./kernel/hash-claim.ts";
export { brokenInvariants } from "./kernel/invariants.ts";
export { levelOf } from "./kernel/level-of.ts";
export { kernelLimits } from "./kernel/limits.ts";
export {
  crewTicket,
  currentMode,
  currentRules,
  isPresent,
  isRevealed,
  matchesMaxOf,
  matchPlayerOf,
  modeOfMatch,
  newcomer,
  openRounds,
  partyTicket,
  recordOf,
} from "./kernel/lookups.ts";
export type * from "./kernel/model.ts";
export { moves } from "./kernel/moves.ts";
export type { Preferences } from "./kernel/preferences.ts";
export { allocationKeyOf, releasedKeyOf, releaseKeysOf } from "./kernel/prepare.ts";
export { type RatingRecord, type RecentOpponent, recentOpponentsMax } from "./kernel/records.ts";
export type { RefusalCode } from "./kernel/refusals.ts";
export { bestServer, isServerAddress, regionsFor } from "./kernel/servers.ts";
export { restoreChunk, restoreState, snapshotChunks, stateHash } from "./kernel/snapshot.ts";
export { hasTier, shareOf, stakeOfTier } from "./kernel/stakes.ts";
export {
  createState,
  levelOfHashes,
  levelOfServers,
  type State,
  type Subject,
  supportedLevels,
} from "./kernel/state.ts";
export { ownerOf, territoryKeyOf } from "./kernel/territories.ts";
export { accepts, type RejectReason } from "./matching/accepts.ts";
export { type BlockReason, type Explanation, explain } from "./matching/explain.ts";
export { findPartner, type SearchOutcome, type SearchProgress } from "./matching/find-partner.ts";
export {
  type CostTerm,
  costSecsOf,
  type FormedMatch,
  noQuality,
  type PassReason,
  type ProposalBasis,
  type ProposalQuality,
  type RejectedCount,
} from "./matching/formed-match.ts";
export { type HoldLimit, holdLimit } from "./matching/hold.ts";
export { nextChangeAt } from "./matching/next-change.ts";
export { matchingLimits, type Pair } from "./matching/pair.ts";
export { compareByAge, compareByRating, PoolIndex } from "./matching/pool-index.ts";
export { PoolWaves } from "./matching/pool-waves.ts";
export { type PairWave, proposePairs } from "./matching/propose-pairs.ts";
export { bestRegion, everyRegion, regionsOf } from "./matching/regions.ts";
export { type OpenRound, RoundWaves } from "./matching/rounds/round-waves.ts";
export type {
  HoldRules,
  LatencyStep,
  RegionRules,
  SearchRules,
  Widening,
  WideningStep,
} from "./matching/search-rules.ts";
export { memberRating, memberRoles, type Standing as PoolStanding } from "./matching/standing.ts";
export {
  type RoleCount,
  type TeamFormat,
  type TeamSize,
  teamFormatLimits,
  teamFormatProblems,
} from "./matching/teams/team-format.ts";
export { TeamWaves } from "./matching/teams/team-waves.ts";
export {
  ArrivalDensity,
  arrivalsKept,
  countArrival,
  createTraffic,
  type Traffic,
} from "./matching/traffic.ts";
export {
  createWaitHistory,
  estimateWait,
  rememberWait,
  type WaitEstimate,
  type WaitHistory,
  waitsKept,
} from "./matching/wait-history.ts";
export type { WaveRequest, Waves, WavesOptions } from "./matching/waves.ts";
export {
  pairCostSecs,
  searchesAnywhere,
  windowOf,
  windowReachesAt,
} from "./matching/window.ts";
export {
  areSoundLatencies,
  noWishes,
  type RegionLatency,
  type Wishes,
  wishesOf,
  wishLimits,
} from "./matching/wishes.ts";
export { type PotSplit, splitPot } from "./money/split-pot.ts";
export { partyRatingOf } from "./plugins/party-rating-of.ts";
export { createPlugins, noPlugins, type PluginOptions, type Plugins } from "./plugins/plugins.ts";
export { ratingSystemOf } from "./plugins/rating-system-of.ts";
export { backtest, type Calibration, coinSystem, type PlayedMatch } from "./ratings/backtest.ts";
export {
  brierScore,
  type Forecast,
  forecastsOf,
  logLoss,
  type ReliabilityBin,
  reliabilityCurve,
} from "./ratings/calibration.ts";
export {
  checkPredicted,
  checkRated,
  checkRating,
  checkTeams,
  type RatingCheck,
  type RatingRefusal,
  ratingLimits,
} from "./ratings/check-ratings.ts";
export {
  type Decay,
  glicko2Decay,
  type LinearDecayOptions,
  linearDecay,
  linearDecayDefaults,
  noDecay,
} from "./ratings/decay.ts";
export { type EloOptions, expectedScore, type RatedTeam, rateElo } from "./ratings/elo.ts";
export { type EloSystemOptions, eloDefaults, eloSystem } from "./ratings/elo-system.ts";
export {
  type Glicko2Game,
  type Glicko2Options,
  type Glicko2Period,
  idleGlicko2,
  type RatingEstimate,
  rateGlicko2,
} from "./ratings/glicko2.ts";
export { type Glicko2SystemOptions, glicko2Defaults, glicko2System } from "./ratings/glicko2-system.ts";
export {
  averageParty,
  maxParty,
  type PartyRating,
  type WeightedPartyOptions,
  weightedParty,
} from "./ratings/party-rating.ts";
export { isProvisional, type ProvisionalBounds } from "./ratings/provisional.ts";
export { conservativeEstimate, defaultRating, type Rating } from "./ratings/rating.ts";
export type { RatingSystem, TeamRatings, TeamResult } from "./ratings/rating-system.ts";
export {
  hardReset,
  isActiveSeason,
  type Season,
  type SeasonReset,
  type SoftResetOptions,
  softReset,
  softResetDefaults,
} from "./ratings/season.ts";
export { type WengLinOptions, wengLinDefaults, wengLinSystem } from "./ratings/weng-lin.ts";
export { canonicalJson } from "./receipts/canonical-json.ts";
export { checkReceipt, type ReceiptCheck } from "./receipts/check-receipt.ts";
export { rulesHash, ticketHash } from "./receipts/hashes.ts";
export type { Receipt, ReceiptResult, TicketFact } from "./receipts/receipt.ts";
export { documentOf, type ReceiptDocument, receiptOf } from "./receipts/receipt-document.ts";
export { analyseRules } from "./rules/analysis/analyse-rules.ts";
export {
  type FindingKind,
  type FindingSeverity,
  findingCatalogue,
  type RulesFinding,
  type RulesFindingCode,
} from "./rules/analysis/finding.ts";
export { defineMode, defineRules, duelSearch } from "./rules/define-mode.ts";
export {
  diffRules,
  isSameRules,
  type ModeChange,
  type RuleChange,
  type RulesDiff,
} from "./rules/diff/diff-rules.ts";
export { type Former, fitsAsTicket, formatOf, formerOf, teamSizeOf } from "./rules/format-of.ts";
export { fiveVsFive, freeForAll, oneVsOne, permissive, strict, twoVsTwo } from "./rules/presets.ts";
export { reviveRules } from "./rules/revive-rules.ts";
export type {
  LedgerRules,
  ModeRules,
  PartyRatingRules,
  RatingRules,
  Requirement,
  RoundRules,
  Rules,
  SiegeRules,
  StakeTier,
} from "./rules/rules.ts";
export { type RulesProblem, rulesProblems } from "./rules/rules-problems.ts";
export { DeadlineHeap, type Waiting } from "./scheduling/deadline-heap.ts";
export { VERSION } from "./version.ts";
