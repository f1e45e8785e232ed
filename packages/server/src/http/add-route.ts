import type { FastifyInstance, RouteOptions } from "fastify";
import { sendProblem } from "./problems.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** A path with the one method it answers; the others are told so. */
export function addRoute(
  app: FastifyInstance,
  options: RouteOptions & { readonly method: "GET" | "POST" },
): void {
  app.route(options);
  const taken: readonly string[] = options.method === "GET" ? ["GET", "HEAD"] : [options.method];
  const allow = taken.join(", ");
  app.route({
    method: methods.filter((method) => !taken.includes(method)),
    url: options.url,
    // Answered before the body is read: nobody wants it.
    onRequest: async (_request, reply) => {
      void reply.header("allow", allow);
      return sendProblem(reply, { code: "UNSUPPORTED", status: 405, detail: `This path answers ${allow}.` });
    },
    handler: () => undefined,
  });
}
