import type { RouteDefinition } from "@matchforge/protocol/schemas";
import type { FastifyInstance, RouteOptions } from "fastify";
import { sendProblem } from "./problems.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The one route of a path, with what answers those whom its definition lets in; other methods are refused. */
export function addRoute(
  app: FastifyInstance,
  definition: RouteDefinition,
  options: Pick<RouteOptions, "handler" | "config" | "schema">,
): void {
  const { method, path } = definition;
  app.route({ ...options, method, url: path, config: { ...options.config, access: definition } });
  refuseOtherMethods(app, { path, taken: [method] });
}

/** A path answers the methods that its routes have; the others are told so. */
export function refuseOtherMethods(
  app: FastifyInstance,
  { path, taken }: { readonly path: string; readonly taken: readonly string[] },
): void {
  const allowed = taken.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  const allow = allowed.join(", ");
  app.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url: path,
    config: { access: "nobody" },
    // Answered before the body is read: nobody wants it.
    onRequest: async (_request, reply) => {
      void reply.header("allow", allow);
      return sendProblem(reply, { code: "UNSUPPORTED", status: 405, detail: `This path answers ${allow}.` });
    },
    handler: () => undefined,
  });
}
