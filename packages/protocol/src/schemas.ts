// The schemas themselves, for HTTP servers, generators and tests. Nothing here compiles or generates code.
export { clientEnvelope, serverEnvelope } from "./envelope/envelope-schema.ts";
export { adminRoutes } from "./http/admin/admin-routes.ts";
export { docsAsset, docsAssets } from "./http/docs-asset.ts";
export { docsAsyncapi } from "./http/docs-asyncapi.ts";
export { docsErrors } from "./http/docs-errors.ts";
export { docsMessages } from "./http/docs-messages.ts";
export { docsOpenapi } from "./http/docs-openapi.ts";
export { docsPage } from "./http/docs-page.ts";
export { guestToken } from "./http/guest-token.ts";
export { health } from "./http/health.ts";
export { home } from "./http/home.ts";
export { leaderboard } from "./http/leaderboard.ts";
export { matchAbandonRoute } from "./http/match-abandon.ts";
export { matchLoadedRoute } from "./http/match-loaded-http.ts";
export { matchReadyRoute } from "./http/match-ready.ts";
export { matchReceipt } from "./http/match-receipt.ts";
export { matchTicketRoute } from "./http/match-ticket.ts";
export { matchView } from "./http/match-view.ts";
export { matchmakingExplanation } from "./http/matchmaking-explanation.ts";
export { matchmakingPreferences } from "./http/matchmaking-preferences.ts";
export { matchmakingPreferencesSet } from "./http/matchmaking-preferences-set.ts";
export { matchmakingStatistics } from "./http/matchmaking-statistics.ts";
export { metrics } from "./http/metrics.ts";
export { keyOptional, keyRequired } from "./http/parts/idempotency-key.ts";
export { playerRatings } from "./http/player-ratings.ts";
export { problemSchema } from "./http/problem-schema.ts";
export { readiness } from "./http/readiness.ts";
export {
  type Listener,
  type OtherAnswer,
  type RequestPart,
  type RouteDefinition,
  type RouteRole,
  routeRoles,
} from "./http/route-definition.ts";
export { commonRouteFailures, routeFailures } from "./http/route-failures.ts";
export { type RouteTag, routeTags } from "./http/route-tags.ts";
export { routeDefinitions } from "./http/routes.ts";
export { serverRoutes } from "./http/servers/server-routes.ts";
export { shardMove } from "./http/shard-move.ts";
export { ticketCancel } from "./http/ticket-cancel.ts";
export { ticketCreate } from "./http/ticket-create.ts";
export { lastEventId, ticketEvents } from "./http/ticket-events.ts";
export { ticketView } from "./http/ticket-view.ts";
export { clientMessageDefinitions } from "./messages/client-messages.ts";
export type {
  ClientMessageDefinition,
  Delivery,
  ServerMessageDefinition,
} from "./messages/message-definition.ts";
export { serverMessageDefinitions } from "./messages/server-messages.ts";
export { type FieldRow, fieldRows } from "./reference/field-rows.ts";
export { describeSchema } from "./schema/describe-schema.ts";
