export type { AfterClose, CloseName, CloseReason } from "./close-codes.ts";
export { afterClose, closeCodes } from "./close-codes.ts";
export { encodeClientMessage, encodeServerMessage, type Stamp } from "./envelope/encode-message.ts";
export { type Envelope, unreadableId } from "./envelope/envelope.ts";
export { type ParsedServerMessage, parseServerMessage } from "./envelope/parse-server-message.ts";
export {
  type ErrorCode,
  errorCatalogue,
  errorCodes,
  errorFamilies,
  isErrorCode,
} from "./errors/catalogue.ts";
export { commonFailures } from "./errors/common-failures.ts";
export type { ErrorDescription } from "./errors/error-description.ts";
export type { GuestToken } from "./http/guest-token.ts";
export type { Health } from "./http/health.ts";
export type { Leaderboard } from "./http/leaderboard.ts";
export type { MatchReceipt } from "./http/match-receipt.ts";
export type { MatchView } from "./http/match-view.ts";
export type { MatchmakingExplanation } from "./http/matchmaking-explanation.ts";
export type { MatchmakingStatistics } from "./http/matchmaking-statistics.ts";
export type { MatchStep } from "./http/parts/match-step.ts";
export type { PlayerPreferences } from "./http/parts/preferences.ts";
export type { HttpAssignment, TicketState, TicketView } from "./http/parts/ticket.ts";
export type { PlayerRatings } from "./http/player-ratings.ts";
export {
  type ProblemDetails,
  type ProblemOptions,
  problemDetails,
  problemMediaType,
} from "./http/problem-details.ts";
export type { Readiness } from "./http/readiness.ts";
export type { TicketRequest } from "./http/ticket-create.ts";
export { limitNotes, partySizeDefault, type WireLimit, wireLimits } from "./limits.ts";
export type {
  ClientMessage,
  ClientMessages,
  ClientMessageType,
  Replies,
  ServerMessage,
  ServerMessages,
  ServerMessageType,
} from "./messages/message-types.ts";
export { replies } from "./messages/replies.ts";
export { isServerMessageType } from "./messages/server-message-types.ts";
export { PROTOCOL_VERSION } from "./version.ts";
export {
  type CancelReason,
  cancelReasons,
  type EndReason,
  endReasons,
  type KeptApartReason,
  keptApartReasons,
  type MatchState,
  matchStates,
  type PartyEndReason,
  partyEndReasons,
  type QueueEndReason,
  type QueueStatus,
  queueEndReasons,
  queueStatuses,
  type SessionState,
  sessionStateOfMatch,
  sessionStates,
} from "./vocabulary.ts";
