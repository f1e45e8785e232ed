import rateLimit from "@fastify/rate-limit";
import type { MatchId, State } from "@matchforge/core";
import { VERSION } from "@matchforge/core";
import {
  type ErrorCode,
  isErrorCode,
  type ProblemOptions,
  problemDetails,
  problemMediaType,
} from "@matchforge/protocol";
import type { Archive } from "@matchforge/stores";
import fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import type { Tokens } from "../auth/tokens.ts";
import { homePage } from "./home-page.ts";
import { archivedMatchView, liveMatchView } from "./match-view.ts";
import { matchmakingStatisticsOf } from "./matchmaking-statistics.ts";

/** Bounds of the HTTP side, in one place. */
export const httpLimits = {
  bodyBytesMax: 16_384,
  requestsPerMinute: 600,
  guestsPerMinute: 600,
  headersTimeoutMs: 5_000,
} as const;

/** One thing that makes a node fit to take players, or not. */
export interface Check {
  readonly name: string;
  readonly isOk: boolean;
  readonly detail?: string;
}

/** What the HTTP side needs of the coordinator. */
export interface HttpDeps {
  readonly state: () => State;
  /** Shard time now, in ms. */
  readonly shardTime: () => number;
  readonly archive: Archive;
  readonly tokens: Tokens;
  readonly guestsAllowed: boolean;
  readonly guestTokenMs: number;
  readonly trustedProxies: readonly string[];
  readonly checks: () => readonly Check[];
  readonly isDraining: () => boolean;
  readonly metricsText: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly nextPlayerId: () => `player_${string}`;
  /** Unix ms. */
  readonly wallClock: () => number;
  readonly onError: (error: unknown) => void;
}

/** The HTTP side of a coordinator, not listening yet. */
export async function buildHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: httpLimits.bodyBytesMax,
    trustProxy: deps.trustedProxies.length === 0 ? false : [...deps.trustedProxies],
    return503OnClosing: false,
    http: { headersTimeout: httpLimits.headersTimeoutMs },
    forceCloseConnections: true,
  });
  await app.register(rateLimit, {
    max: httpLimits.requestsPerMinute,
    allowList: (request) =>
      request.url === "/healthz" || request.url === "/readyz" || request.url === "/metrics",
    errorResponseBuilder: (_request, { ttl }) => new RateLimited(ttl),
  });
  app.addHook("onSend", async (_request, reply) => {
    void reply.headers({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, "NOT_FOUND"));
  app.setErrorHandler((error, _request, reply) => answerError(error, reply, deps));
  addOperations(app, deps);
  addApi(app, deps);
  return app;
}

class RateLimited extends Error {
  readonly statusCode = 429;
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super("too many requests");
    this.retryAfterMs = retryAfterMs;
  }
}

function sendProblem(reply: FastifyReply, code: ErrorCode, options: ProblemOptions = {}): FastifyReply {
  const problem = problemDetails(code, options);
  if (options.retryAfterMs !== undefined)
    void reply.header("retry-after", Math.ceil(options.retryAfterMs / 1_000));
  return reply.code(problem.status).type(problemMediaType).send(JSON.stringify(problem));
}

/** Errors of the framework become codes of the catalogue; ours say nothing of what is inside. */
function answerError(error: unknown, reply: FastifyReply, deps: HttpDeps): FastifyReply {
  if (error instanceof RateLimited)
    return sendProblem(reply, "RATE_LIMITED", { retryAfterMs: error.retryAfterMs });
  const { statusCode = 500, code = "" } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) return sendProblem(reply, "PAYLOAD_TOO_LARGE");
  if (statusCode >= 400 && statusCode < 500) return sendProblem(reply, "INVALID_FIELD");
  deps.onError(error);
  if (isErrorCode(code) && code === "STORE_UNAVAILABLE")
    return sendProblem(reply, code, { retryAfterMs: 1_000 });
  return sendProblem(reply, "INTERNAL_ERROR");
}

function addOperations(app: FastifyInstance, deps: HttpDeps): void {
  app.get("/", (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(homePage(deps.guestsAllowed)),
  );
  app.get("/healthz", () => ({ status: "ok", version: VERSION }));
  app.get("/readyz", (_request, reply) => {
    const checks = deps.checks();
    const ready = checks.every(({ isOk }) => isOk);
    return reply.code(ready ? 200 : 503).send({
      status: ready ? "ready" : "not_ready",
      checks: checks.map(({ name, isOk, detail }) => ({
        name,
        is_ok: isOk,
        ...(detail !== undefined && { detail }),
      })),
    });
  });
  app.get("/metrics", async (_request, reply) => {
    const { type, text } = await deps.metricsText();
    return reply.type(type).send(text);
  });
}

function addApi(app: FastifyInstance, deps: HttpDeps): void {
  const guestLimit = { rateLimit: { max: httpLimits.guestsPerMinute, timeWindow: "1 minute" } };
  app.post("/api/v1/auth/guest", { config: guestLimit }, async (_request, reply) => {
    if (!deps.guestsAllowed) return sendProblem(reply, "GUESTS_DISABLED");
    if (deps.isDraining()) return sendProblem(reply, "DRAINING", { retryAfterMs: 1_000 });
    const player = deps.nextPlayerId();
    const expiresAt = deps.wallClock() + deps.guestTokenMs;
    const token = await deps.tokens.mint({ player, guest: true, expiresAt });
    return reply.send({ token, player_id: player, expires_at: Math.floor(expiresAt / 1_000) * 1_000 });
  });
  app.get<{ Params: { id: string } }>("/api/v1/matches/:id", async ({ params: { id } }, reply) => {
    if (!/^match_[!-~]{1,58}$/.test(id))
      return sendProblem(reply, "INVALID_FIELD", { detail: "A match id begins with match_." });
    const wallTimeOf = (shardTime: number) => Math.round(deps.wallClock() + shardTime - deps.shardTime());
    const live = liveMatchView(deps.state(), id as MatchId, wallTimeOf);
    if (live !== undefined) return reply.send(live);
    const archived = await deps.archive.match(id);
    return archived === undefined
      ? sendProblem(reply, "MATCH_NOT_FOUND")
      : reply.send(archivedMatchView(archived));
  });
  app.get("/api/v1/matchmaking/statistics", () =>
    matchmakingStatisticsOf(deps.state(), { at: deps.shardTime(), wallTime: deps.wallClock() }),
  );
}
