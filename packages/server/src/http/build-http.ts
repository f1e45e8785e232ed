import type { FastifyInstance } from "fastify";
import { createApp } from "./create-app.ts";
import type { HttpDeps } from "./http-deps.ts";
import { addDocs } from "./routes/docs.ts";
import { addExplanation } from "./routes/explanation.ts";
import { addGameServers } from "./routes/game-servers.ts";
import { addGuestSignIn } from "./routes/guest-sign-in.ts";
import { addLeaderboard } from "./routes/leaderboard.ts";
import { matchActionRoutes } from "./routes/match-actions.ts";
import { addMatches } from "./routes/matches.ts";
import { addOperations } from "./routes/operations.ts";
import { addPlayerRatings } from "./routes/player-ratings.ts";
import { preferenceRoutes } from "./routes/preferences.ts";
import { addReceipts } from "./routes/receipts.ts";
import { addShardMove } from "./routes/shard-move.ts";
import { addStatistics } from "./routes/statistics.ts";
import { ticketEventRoutes } from "./routes/ticket-events.ts";
import { ticketRoutes } from "./routes/tickets.ts";
import { serveRoutes } from "./serve-routes.ts";
import { TicketDesk } from "./tickets/ticket-desk.ts";

export type { Check, HttpDeps, RequestContext } from "./http-deps.ts";

/**
 * The HTTP side of a coordinator, not listening yet.
 *
 * @example
 * const app = await buildHttp(deps);
 * await app.listen({ host: "127.0.0.1", port: 8080 });
 */
export async function buildHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const app = await createApp(deps);
  addOperations(app, deps);
  addDocs(app);
  addGuestSignIn(app, deps);
  addShardMove(app, deps);
  addMatches(app, deps);
  addReceipts(app, deps);
  addStatistics(app, deps);
  addExplanation(app, deps);
  addLeaderboard(app, deps);
  addPlayerRatings(app, deps);
  addGameServers(app, deps);
  const desk = TicketDesk.open(app, deps);
  const ofPlayers = [ticketRoutes, ticketEventRoutes, matchActionRoutes, preferenceRoutes];
  serveRoutes(
    app,
    ofPlayers.flatMap((routes) => routes(desk)),
  );
  return app;
}
