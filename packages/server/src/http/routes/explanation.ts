import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import { bearerOf } from "../bearer.ts";
import { explanationFor } from "../explanation/explanation-for.ts";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import { sendProblem } from "../problems.ts";

/** `GET /api/v1/matchmaking/explain`: why a player waits, for their eyes. */
export function addExplanation(app: FastifyInstance, deps: HttpDeps): void {
  const sampleMax = deps.limits?.explainedTicketsMax ?? httpLimits.explainedTicketsMax;
  addRoute(app, {
    method: "GET",
    url: "/api/v1/matchmaking/explain",
    handler: async (request, reply) => {
      const bearer = await bearerOf(request, deps);
      if (!bearer.ok) return sendProblem(reply, bearer.refusal);
      if (bearer.player === null)
        return sendProblem(reply, {
          code: "NOT_AUTHENTICATED",
          detail: "Send Authorization: Bearer and a token.",
        });
      const { player } = bearer;
      const { shard } = deps;
      const explanation = explanationFor(deps.state(), { shard, player, at: deps.shardTime(), sampleMax });
      return explanation === undefined
        ? sendProblem(reply, { code: "NOT_IN_QUEUE" })
        : reply.send(explanation);
    },
  });
}
