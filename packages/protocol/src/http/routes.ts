import { adminRoutes } from "./admin/admin-routes.ts";
import { docsAsset } from "./docs-asset.ts";
import { docsAsyncapi } from "./docs-asyncapi.ts";
import { docsErrors } from "./docs-errors.ts";
import { docsMessages } from "./docs-messages.ts";
import { docsOpenapi } from "./docs-openapi.ts";
import { docsPage } from "./docs-page.ts";
import { guestToken } from "./guest-token.ts";
import { health } from "./health.ts";
import { home } from "./home.ts";
import { leaderboard } from "./leaderboard.ts";
import { matchAbandonRoute } from "./match-abandon.ts";
import { matchLoadedRoute } from "./match-loaded-http.ts";
import { matchReadyRoute } from "./match-ready.ts";
import { matchReceipt } from "./match-receipt.ts";
import { matchTicketRoute } from "./match-ticket.ts";
import { matchView } from "./match-view.ts";
import { matchmakingExplanation } from "./matchmaking-explanation.ts";
import { matchmakingPreferences } from "./matchmaking-preferences.ts";
import { matchmakingPreferencesSet } from "./matchmaking-preferences-set.ts";
import { matchmakingStatistics } from "./matchmaking-statistics.ts";
import { metrics } from "./metrics.ts";
import { playerRatings } from "./player-ratings.ts";
import { readiness } from "./readiness.ts";
import { serverRoutes } from "./servers/server-routes.ts";
import { shardMove } from "./shard-move.ts";
import { ticketCancel } from "./ticket-cancel.ts";
import { ticketCreate } from "./ticket-create.ts";
import { ticketEvents } from "./ticket-events.ts";
import { ticketView } from "./ticket-view.ts";

/** Every HTTP route of this version. */
export const routeDefinitions = [
  guestToken,
  shardMove,
  ticketCreate,
  ticketView,
  ticketEvents,
  ticketCancel,
  matchReadyRoute,
  matchLoadedRoute,
  matchAbandonRoute,
  matchTicketRoute,
  matchView,
  matchReceipt,
  matchmakingStatistics,
  matchmakingPreferences,
  matchmakingPreferencesSet,
  matchmakingExplanation,
  leaderboard,
  playerRatings,
  health,
  readiness,
  metrics,
  home,
  docsPage,
  docsMessages,
  docsErrors,
  docsOpenapi,
  docsAsyncapi,
  docsAsset,
  ...Object.values(serverRoutes),
  ...Object.values(adminRoutes),
] as const;
