import { guestToken } from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import { sendProblem } from "../problems.ts";
import { regionShard } from "../region-shard.ts";

const drainRetryMs = 1_000;

/** `POST /api/v1/auth/guest`: makes a player of anyone, where guests are taken. */
export function addGuestSignIn(app: FastifyInstance, deps: HttpDeps): void {
  const max = deps.limits?.guestSignInsPerMinute ?? httpLimits.guestSignInsPerMinute;
  addRoute(app, guestToken, {
    config: { rateLimit: { max, timeWindow: "1 minute", groupId: "guest" } },
    schema: { body: { type: ["object", "null"], additionalProperties: false } },
    handler: async (request, reply) => {
      if (!deps.guestsAllowed) return sendProblem(reply, { code: "GUESTS_DISABLED" });
      if (deps.isDraining()) return sendProblem(reply, { code: "DRAINING", retryAfterMs: drainRetryMs });
      const found = regionShard(request.query, deps);
      if (!found.ok) return sendProblem(reply, found.refusal);
      const { id: shard, url } = found.place;
      const player = deps.nextPlayerId();
      // A token's times are whole seconds; what is announced is what holds.
      const expiresAt = Math.floor((deps.wallClock() + deps.guestTokenMs) / 1_000) * 1_000;
      const token = await deps.tokens.mint({ player, guest: true, expiresAt, shard });
      return reply.send({ token, player_id: player, expires_at: expiresAt, shard, url });
    },
  });
}
