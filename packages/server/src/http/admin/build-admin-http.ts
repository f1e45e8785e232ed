import assert from "node:assert/strict";
import type { PlayerId } from "@matchforge/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf } from "../access.ts";
import { refuseOtherMethods } from "../add-route.ts";
import { createApp } from "../create-app.ts";
import { adminHttpLimits } from "../limits.ts";
import { sendProblem } from "../problems.ts";
import type { AdminDeps } from "./admin-deps.ts";
import type { AdminRoute } from "./admin-route.ts";
import { readAsked } from "./read-asked.ts";
import { auditRoutes } from "./routes/audit.ts";
import { matchRoutes } from "./routes/matches.ts";
import { nodeRoutes } from "./routes/nodes.ts";
import { playerRoutes } from "./routes/players.ts";
import { poolRoutes } from "./routes/pools.ts";
import { rulesRoutes } from "./routes/rules.ts";

export type { AdminDeps } from "./admin-deps.ts";

const routes: readonly AdminRoute[] = [
  ...rulesRoutes,
  ...poolRoutes,
  ...matchRoutes,
  ...playerRoutes,
  ...nodeRoutes,
  ...auditRoutes,
];

/**
 * The operators' side of a coordinator, for a listener of its own; not listening yet. Every route takes a token of role
 * admin and no other.
 *
 * @example
 * const app = await buildAdminHttp(deps);
 * await app.listen({ host: "127.0.0.1", port: 8081 });
 */
export async function buildAdminHttp(deps: AdminDeps): Promise<FastifyInstance> {
  const app = await createApp({ ...deps, limits: { ...adminHttpLimits, ...deps.limits } });
  app.addHook("onRequest", async (_request, reply) => {
    void reply.header("cache-control", "no-store");
  });
  for (const route of routes) addAdminRoute(app, route, deps);
  for (const [path, group] of Map.groupBy(routes, ({ definition }) => definition.path))
    refuseOtherMethods(app, { path, taken: group.map(({ definition }) => definition.method) });
  return app;
}

function addAdminRoute(app: FastifyInstance, { definition, answer }: AdminRoute, deps: AdminDeps): void {
  const { method, path, status } = definition;
  app.route({
    method,
    url: path,
    config: { access: definition },
    handler: async (request, reply) => {
      const asked = readAsked(request, { definition, actor: operatorAsking(request) });
      if ("refusal" in asked) return sendProblem(reply, asked.refusal);
      const answered = await answer(asked, deps);
      if ("refusal" in answered) return sendProblem(reply, answered.refusal);
      return reply.code(status).send(answered);
    },
  });
}

function operatorAsking(request: FastifyRequest): PlayerId {
  const actor = actorOf(request);
  assert.ok(actor.role === "admin", "a route of operators was asked by somebody else");
  return actor.player;
}
