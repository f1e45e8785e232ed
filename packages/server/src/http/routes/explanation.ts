import { matchmakingExplanation } from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access.ts";
import { addRoute } from "../add-route.ts";
import { explanationFor } from "../explanation/explanation-for.ts";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import { sendProblem } from "../problems.ts";
import { playerAsking } from "../tickets/player-asking.ts";

/** `GET /api/v1/matchmaking/explain`: why a player waits, for their eyes. */
export function addExplanation(app: FastifyInstance, deps: HttpDeps): void {
  const sampleMax = deps.limits?.explainedTicketsMax ?? httpLimits.explainedTicketsMax;
  addRoute(app, matchmakingExplanation, {
    handler: async (request, reply) => {
      const { player } = playerAsking({ actor: actorOf(request) });
      const { shard } = deps;
      const explanation = explanationFor(deps.state(), { shard, player, at: deps.shardTime(), sampleMax });
      return explanation === undefined
        ? sendProblem(reply, { code: "NOT_IN_QUEUE" })
        : reply.send(explanation);
    },
  });
}
