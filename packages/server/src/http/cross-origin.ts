import type { FastifyInstance } from "fastify";
import { originCheck } from "../auth/origins.ts";
import { sendProblem } from "./problems.ts";

const preflightSecs = 600;

/**
 * Lets the pages of listed origins read answers, and nobody else's page change anything: a request with a
 * foreign origin is refused unless it only reads, and then its page cannot see the answer.
 */
export function addCrossOrigin(app: FastifyInstance, allowedOrigins: readonly string[]): void {
  const mayAct = originCheck(allowedOrigins);
  app.addHook("onRequest", async (request, reply) => {
    const { origin, host } = request.headers;
    if (origin === undefined) return;
    void reply.header("vary", "origin");
    if (allowedOrigins.includes(origin)) {
      void reply.header("access-control-allow-origin", origin);
      void reply.header("cross-origin-resource-policy", "cross-origin");
      if (request.method === "OPTIONS") return reply.headers(preflightHeaders).code(204).send();
    }
    const reads = request.method === "GET" || request.method === "HEAD";
    if (!reads && !mayAct(origin, host)) return sendProblem(reply, { code: "FORBIDDEN" });
  });
}

const preflightHeaders = {
  "access-control-allow-methods": "GET, POST, DELETE",
  "access-control-allow-headers": "authorization, content-type, idempotency-key, last-event-id",
  "access-control-max-age": preflightSecs,
};
