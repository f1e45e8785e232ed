// The schemas themselves, for HTTP servers, generators and tests. Nothing here compiles or generates code.
export { clientEnvelope, serverEnvelope } from "./envelope/envelope-schema.ts";
export { guestToken } from "./http/guest-token.ts";
export { health } from "./http/health.ts";
export { leaderboard } from "./http/leaderboard.ts";
export { matchReceipt } from "./http/match-receipt.ts";
export { matchView } from "./http/match-view.ts";
export { matchmakingExplanation } from "./http/matchmaking-explanation.ts";
export { matchmakingStatistics } from "./http/matchmaking-statistics.ts";
export { playerRatings } from "./http/player-ratings.ts";
export { problemSchema } from "./http/problem-schema.ts";
export { readiness } from "./http/readiness.ts";
export { commonRouteFailures, type RouteDefinition } from "./http/route-definition.ts";
export { routeDefinitions } from "./http/routes.ts";
export { shardMove } from "./http/shard-move.ts";
export { clientMessageDefinitions } from "./messages/client-messages.ts";
export type {
  ClientMessageDefinition,
  Delivery,
  ServerMessageDefinition,
} from "./messages/message-definition.ts";
export { serverMessageDefinitions } from "./messages/server-messages.ts";
export { describeSchema } from "./schema/describe-schema.ts";
