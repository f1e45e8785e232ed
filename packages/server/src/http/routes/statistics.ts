import { matchmakingStatistics } from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import type { HttpDeps } from "../http-deps.ts";
import { matchmakingStatisticsOf } from "../matchmaking-statistics.ts";

/** However many ask, the state is looked at this often. */
const freshForMs = 1_000;

/** `GET /api/v1/matchmaking/statistics`: queues, waits and matches of every mode. */
export function addStatistics(app: FastifyInstance, deps: HttpDeps): void {
  let answer = { at: Number.NEGATIVE_INFINITY, text: "" };
  addRoute(app, matchmakingStatistics, {
    handler: (_request, reply) => {
      const wallTime = deps.wallClock();
      if (Math.abs(wallTime - answer.at) >= freshForMs) {
        const statistics = matchmakingStatisticsOf(deps.state(), {
          shard: deps.shard,
          at: deps.shardTime(),
          wallTime,
        });
        answer = { at: wallTime, text: JSON.stringify(statistics) };
      }
      return reply.type("application/json; charset=utf-8").send(answer.text);
    },
  });
}
