import { VERSION } from "@matchforge/core";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import { homePage } from "../home-page.ts";
import type { HttpDeps } from "../http-deps.ts";

const uncounted = { rateLimit: false } as const;

/** What operators and their machines ask: does it run, does it take players, how does it do. */
export function addOperations(app: FastifyInstance, deps: HttpDeps): void {
  const home = homePage(deps);
  addRoute(app, {
    method: "GET",
    url: "/",
    handler: (_request, reply) => reply.type("text/html; charset=utf-8").send(home),
  });
  addRoute(app, {
    method: "GET",
    url: "/healthz",
    config: uncounted,
    handler: () => ({ status: "ok", version: VERSION }),
  });
  addRoute(app, {
    method: "GET",
    url: "/readyz",
    config: uncounted,
    handler: (_request, reply) => {
      const checks = deps.checks();
      const isReady = checks.every(({ isOk }) => isOk);
      return reply.code(isReady ? 200 : 503).send({
        status: isReady ? "ready" : "not_ready",
        checks: checks.map(({ name, isOk, detail }) => ({
          name,
          is_ok: isOk,
          ...(detail !== undefined && { detail }),
        })),
      });
    },
  });
  addRoute(app, {
    method: "GET",
    url: "/metrics",
    config: uncounted,
    handler: async (_request, reply) => {
      const { type, text } = await deps.metricsText();
      return reply.type(type).send(text);
    },
  });
}
