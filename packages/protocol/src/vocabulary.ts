/** The states of a match, as DESIGN.md's table of its life names them. */
export const matchStates = [
  "FORMING",
  "MATCHED",
  "PREPARING",
  "READY",
  "ACTIVE",
  "RESOLVED",
  "SETTLED",
  "CANCELLED",
  "VOIDED",
] as const;
export type MatchState = (typeof matchStates)[number];

/** What a player is doing, as seen from a connection. */
export const sessionStates = [
  "idle",
  "enqueuing",
  "in_queue",
  "in_ready_check",
  "in_loading",
  "in_match",
  "completed",
  "error",
  "disconnecting",
] as const;
export type SessionState = (typeof sessionStates)[number];

/** The session state of a player whose match is in a state. */
export const sessionStateOfMatch: Readonly<Record<MatchState, SessionState>> = {
  FORMING: "in_queue",
  MATCHED: "in_ready_check",
  PREPARING: "in_loading",
  READY: "in_match",
  ACTIVE: "in_match",
  RESOLVED: "completed",
  SETTLED: "completed",
  CANCELLED: "idle",
  VOIDED: "completed",
};

/** How a match came to its result. */
export const endReasons = ["completed", "timeout", "forfeit"] as const;
export type EndReason = (typeof endReasons)[number];

/** What a match came to for one of its players. */
export const outcomes = ["win", "loss", "tie"] as const;

/** Why a match was cancelled before it became active. */
export const cancelReasons = [
  "declined",
  "abandoned",
  "ready_timeout",
  "loading_timeout",
  "disconnected",
  "absent",
  "escrow_failed",
  "server_fault",
  "not_dispatched",
  "no_server",
  "too_few_players",
  "territory_taken",
  "undefended",
  "closed",
] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** Why a ticket ended without being played. */
export const queueEndReasons = [
  "cancelled",
  "no_opponents",
  "disconnected",
  "declined",
  "ready_timeout",
  "loading_timeout",
  "not_delivered",
  "absent",
  "mode_removed",
  "party_changed",
  "crew_changed",
  "territory_taken",
  "closed",
] as const;
export type QueueEndReason = (typeof queueEndReasons)[number];

/** Why somebody is no longer in a party. */
export const partyEndReasons = ["left", "kicked", "gone", "disbanded"] as const;
export type PartyEndReason = (typeof partyEndReasons)[number];

/** What `queue.update` says of a waiting ticket. */
export const queueStatuses = ["searching", "long_wait"] as const;
export type QueueStatus = (typeof queueStatuses)[number];

/** What can keep players from a match with each other, as far as they may know it. */
export const keptApartReasons = [
  "away",
  "just_come",
  "rating",
  "preferences",
  "region",
  "party_size",
  "rematch",
  "closer_match",
] as const;
export type KeptApartReason = (typeof keptApartReasons)[number];
