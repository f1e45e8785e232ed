/** The engine of MatchForge: a library for your own process, and the parts a coordinator is made of. */
export { defineMode, defineRules, type ModeRules, type Rules, rulesProblems } from "@matchforge/core";
export { ledgerChain } from "./chain/ledger.ts";
export type { Chain, ChainOutcome, Share } from "./chain/port.ts";
export { createSecretDice, type Hmac } from "./dice/secret-dice.ts";
export { createMatchForge } from "./facade/create-match-forge.ts";
export { ManualClock } from "./facade/manual-clock.ts";
export type { Handler, JoinRequest, MatchForge, MatchForgeOptions, Result } from "./facade/match-forge.ts";
export { engineLimits } from "./limits.ts";
export { entriesOf } from "./node/batch-codec.ts";
export { EngineNode, type EngineNodeOptions, restoreNewest } from "./node/engine-node.ts";
export { type AppliedListener, eventsText, Replica } from "./node/replica.ts";
export type { Clock, Dice, Ids, Outcome, Report, Submit } from "./ports.ts";
export { EngineRoom, type EngineRoomOptions } from "./room/engine-room.ts";
