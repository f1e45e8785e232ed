import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance } from "fastify";
import { uuidv7obj } from "uuidv7";
import { clientAddress } from "../auth/client-address.ts";
import { answerClientError } from "./client-errors.ts";
import { addCrossOrigin } from "./cross-origin.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type HttpLimits, httpLimits } from "./limits.ts";
import { answerError, RateLimited, sendProblem } from "./problems.ts";
import { addDocs } from "./routes/docs.ts";
import { addExplanation } from "./routes/explanation.ts";
import { addGuestSignIn } from "./routes/guest-sign-in.ts";
import { addLeaderboard } from "./routes/leaderboard.ts";
import { addMatches } from "./routes/matches.ts";
import { addOperations } from "./routes/operations.ts";
import { addPlayerRatings } from "./routes/player-ratings.ts";
import { addReceipts } from "./routes/receipts.ts";
import { addShardMove } from "./routes/shard-move.ts";
import { addStatistics } from "./routes/statistics.ts";
import { securityHeaders } from "./security-headers.ts";

export type { Check, HttpDeps, RequestContext } from "./http-deps.ts";

/**
 * The HTTP side of a coordinator, not listening yet.
 *
 * @example
 * const app = await buildHttp(deps);
 * await app.listen({ host: "127.0.0.1", port: 8080 });
 */
export async function buildHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const limits = { ...httpLimits, ...deps.limits };
  const app = fastify({
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: limits.timeoutsCheckedEveryMs,
      maxHeaderSize: limits.headerBytesMax,
    },
    forceCloseConnections: true,
    return503OnClosing: false,
    genReqId: () => `request_${uuidv7obj().toHex()}`,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerError(error, request, { reply, deps }),
  });
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers(securityHeaders).header("x-request-id", request.id);
  });
  addCrossOrigin(app, deps.allowedOrigins ?? []);
  await addRateLimit(app, { deps, limits });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_request, reply) =>
    sendProblem(reply, { code: "NOT_FOUND" }),
  );
  app.setErrorHandler((error, request, reply) => answerError(error, request, { reply, deps }));
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
  return app;
}

async function addRateLimit(
  app: FastifyInstance,
  { deps, limits }: { deps: HttpDeps; limits: HttpLimits },
): Promise<void> {
  const addressOf = clientAddress(deps.trustedProxies);
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: "1 minute",
    cache: limits.addressesCounted,
    keyGenerator: (request) => addressOf(request.raw),
    errorResponseBuilder: (_request, { ttl }) => new RateLimited(ttl),
  });
}
