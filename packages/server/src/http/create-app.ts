import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance } from "fastify";
import { uuidv7obj } from "uuidv7";
import { clientAddress } from "../auth/client-address.ts";
import { type AccessDeps, enforceAccess, serverCounted } from "./access.ts";
import { answerClientError } from "./client-errors.ts";
import { addCrossOrigin } from "./cross-origin.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type HttpLimits, httpLimits } from "./limits.ts";
import { answerError, RateLimited, sendProblem } from "./problems.ts";
import { securityHeaders } from "./security-headers.ts";

type AppDeps = AccessDeps & Pick<HttpDeps, "limits" | "allowedOrigins" | "trustedProxies" | "onError">;

/**
 * What every listener has: bounds, security headers, limits of each address, the gate before its routes, and problem
 * documents for whatever goes wrong. It has no routes yet.
 */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const limits = { ...httpLimits, ...deps.limits };
  const app = fastify({
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: limits.timeoutsCheckedEveryMs,
      maxHeaderSize: limits.headerBytesMax,
    },
    routerOptions: { maxParamLength: limits.pathNameLengthMax },
    forceCloseConnections: true,
    return503OnClosing: false,
    genReqId: () => `request_${uuidv7obj().toHex()}`,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerError(error, request, { reply, deps }),
  });
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers(securityHeaders).header("x-request-id", request.id);
  });
  addCrossOrigin(app, deps.allowedOrigins ?? []);
  await addRateLimit(app, { deps, limits });
  enforceAccess(app, deps);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_request, reply) =>
    sendProblem(reply, { code: "NOT_FOUND" }),
  );
  app.setErrorHandler((error, request, reply) => answerError(error, request, { reply, deps }));
  return app;
}

async function addRateLimit(
  app: FastifyInstance,
  { deps, limits }: { deps: AppDeps; limits: HttpLimits },
): Promise<void> {
  const addressOf = clientAddress(deps.trustedProxies);
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: "1 minute",
    cache: limits.addressesCounted,
    keyGenerator: async (request) => (await serverCounted(request, deps)) ?? addressOf(request.raw),
    errorResponseBuilder: (_request, { ttl }) => new RateLimited(ttl),
  });
}
