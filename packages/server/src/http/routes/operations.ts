import { VERSION } from "@matchforge/core";
import { health, home, metrics, readiness } from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import { homePage } from "../home-page.ts";
import type { HttpDeps } from "../http-deps.ts";

const uncounted = { rateLimit: false } as const;

/** What operators and their machines ask: does it run, does it take players, how does it do. */
export function addOperations(app: FastifyInstance, deps: HttpDeps): void {
  const page = homePage(deps);
  addRoute(app, home, {
    handler: (_request, reply) => reply.type("text/html; charset=utf-8").send(page),
  });
  addRoute(app, health, {
    config: uncounted,
    handler: () => ({ status: "ok", version: VERSION }),
  });
  addRoute(app, readiness, {
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
  addRoute(app, metrics, {
    config: uncounted,
    handler: async (_request, reply) => {
      const { type, text } = await deps.metricsText();
      return reply.type(type).send(text);
    },
  });
}
