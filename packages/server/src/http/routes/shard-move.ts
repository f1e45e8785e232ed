import { shardMove } from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access.ts";
import { addRoute } from "../add-route.ts";
import type { HttpDeps } from "../http-deps.ts";
import { sendProblem } from "../problems.ts";
import { regionShard } from "../region-shard.ts";
import { playerAsking } from "../tickets/player-asking.ts";

/** `POST /api/v1/auth/move`: sends a player who is idle to the shard of another region. */
export function addShardMove(app: FastifyInstance, deps: HttpDeps): void {
  addRoute(app, shardMove, {
    schema: { body: { type: ["object", "null"], additionalProperties: false } },
    handler: async (request, reply) => {
      if (!deps.signsTokens)
        return sendProblem(reply, {
          code: "UNSUPPORTED",
          detail: "Tokens come from elsewhere: get one of the other shard there.",
        });
      const found = regionShard(request.query, deps);
      if (!found.ok) return sendProblem(reply, found.refusal);
      const { player, guest, role, expiresAt } = playerAsking({ actor: actorOf(request) });
      const known = deps.state().players.get(player);
      if (known?.ticket)
        return sendProblem(reply, { code: "ALREADY_IN_QUEUE", detail: "Leave the queue first." });
      if (known?.match)
        return sendProblem(reply, { code: "INVALID_STATE", detail: "Play your match to its end first." });
      const { id: shard, url } = found.place;
      const token = await deps.tokens.mint({ player, guest, role, expiresAt, shard });
      return reply.send({ token, player_id: player, expires_at: expiresAt, shard, url });
    },
  });
}
