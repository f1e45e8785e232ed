import type { PlayerId } from "@matchforge/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createApp } from "../create-app.ts";
import { adminHttpLimits } from "../limits.ts";
import { sendProblem } from "../problems.ts";
import type { AdminDeps } from "./admin-deps.ts";
import type { AdminRoute } from "./admin-route.ts";
import { operatorOf } from "./operator-of.ts";
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

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

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
  for (const [url, group] of Map.groupBy(routes, ({ definition }) => definition.path))
    refuseOthers(app, { url, taken: group.map(({ definition }) => definition.method) });
  return app;
}

function addAdminRoute(app: FastifyInstance, { definition, answer }: AdminRoute, deps: AdminDeps): void {
  const { method, path, status } = definition;
  const operators = new WeakMap<FastifyRequest, PlayerId>();
  app.route({
    method,
    url: path,
    // Before the body is read: nobody else's is wanted.
    onRequest: async (request, reply) => {
      const operator = await operatorOf(request, deps);
      if ("refusal" in operator) return sendProblem(reply, operator.refusal);
      operators.set(request, operator.actor);
    },
    handler: async (request, reply) => {
      const actor = operators.get(request) as PlayerId;
      const asked = readAsked(request, { definition, actor });
      if ("refusal" in asked) return sendProblem(reply, asked.refusal);
      const answered = await answer(asked, deps);
      if ("refusal" in answered) return sendProblem(reply, answered.refusal);
      return reply.code(status).send(answered);
    },
  });
}

/** A path answers the methods that its routes have; the others are told so. */
function refuseOthers(
  app: FastifyInstance,
  { url, taken }: { readonly url: string; readonly taken: readonly string[] },
): void {
  const allowed = taken.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  const allow = allowed.join(", ");
  app.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url,
    onRequest: async (_request, reply) => {
      void reply.header("allow", allow);
      return sendProblem(reply, { code: "UNSUPPORTED", status: 405, detail: `This path answers ${allow}.` });
    },
    handler: () => undefined,
  });
}
