import type { ErrorCode } from "@matchforge/protocol";
import type { RouteDefinition } from "@matchforge/protocol/schemas";
import { type ParsedRequest, requestParser } from "@matchforge/protocol/validate";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Static, TObject } from "typebox";
import type { MatchCredentialClaims } from "../auth/match-passes.ts";
import type { Identity } from "../auth/tokens.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Refusal, sendProblem } from "./problems.ts";

/** Who asks. */
export type Actor =
  | { readonly role: "anyone" }
  | Identity
  | ({ readonly role: "match" } & MatchCredentialClaims);

/** A request that was let in: who asks, and what was sent, as the route's definition has it. */
export interface Asked<
  Definition extends RouteDefinition,
  Role extends Actor["role"] = Definition["roles"][number],
> {
  readonly actor: Extract<Actor, { readonly role: Role }>;
  readonly params: PartOf<Definition["params"]>;
  readonly query: PartOf<Definition["query"]>;
  readonly body: PartOf<Definition["body"]>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type PartOf<Part> = Part extends { readonly schema: infer Schema extends TObject } ? Static<Schema> : null;

/** A refusal, or the answer to send with the route's own status; undefined where the handler has answered itself. */
export type Answered = { readonly refusal: Refusal } | { readonly answer: unknown } | undefined;

/** A route and what it does. */
export interface Served {
  readonly definition: RouteDefinition;
  readonly handle: (asked: never) => Promise<Answered> | Answered;
}

/** Binds what a route does to its definition, whose types it then has. */
export function served<const Definition extends RouteDefinition>(
  definition: Definition,
  handle: (asked: Asked<Definition>) => Promise<Answered> | Answered,
): Served {
  return { definition, handle };
}

/**
 * Serves routes as their definitions have them. The roles of a definition are the table of who may do what: nobody else
 * gets past this, and what is sent is checked before anything is done with it. Other methods of their paths are refused.
 */
export function serveRoutes(
  app: FastifyInstance,
  deps: Pick<HttpDeps, "tokens" | "passes">,
  routes: readonly Served[],
): void {
  const methods = new Map<string, string[]>();
  for (const { definition, handle } of routes) {
    const { method, path } = definition;
    methods.set(path, [...(methods.get(path) ?? []), method]);
    const admit = admission(definition, deps);
    app.route({
      method,
      url: path,
      handler: async (request, reply) => {
        const admitted = await admit(request);
        if ("refusal" in admitted) return sendProblem(reply, admitted.refusal);
        const answered = await handle({ ...admitted, request, reply } as never);
        if (answered === undefined) return reply;
        if ("refusal" in answered) return sendProblem(reply, answered.refusal);
        return reply.code(definition.status).header("cache-control", "no-store").send(answered.answer);
      },
    });
  }
  for (const [path, taken] of methods) refuseOthers(app, path, taken);
}

const allMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

function refuseOthers(app: FastifyInstance, url: string, methods: readonly string[]): void {
  const taken = methods.includes("GET") ? [...methods, "HEAD"] : methods;
  const allow = taken.join(", ");
  app.route({
    method: allMethods.filter((method) => !taken.includes(method)),
    url,
    // Answered before the body is read: nobody wants it.
    onRequest: async (_request, reply) => {
      void reply.header("allow", allow);
      return sendProblem(reply, { code: "UNSUPPORTED", status: 405, detail: `This path answers ${allow}.` });
    },
    handler: () => undefined,
  });
}

type Admitted =
  | { readonly refusal: Refusal }
  | Pick<Asked<RouteDefinition>, "actor" | "params" | "query" | "body">;

function admission(
  { roles, params, query, body }: RouteDefinition,
  deps: Pick<HttpDeps, "tokens" | "passes">,
): (request: FastifyRequest) => Promise<Admitted> {
  const parsers = [
    ["params", params && requestParser(params.schema)],
    ["query", query && requestParser(query.schema)],
    ["body", body && requestParser(body.schema)],
  ] as const;
  return async (request) => {
    const actor = await actorOf(request, deps);
    if ("refusal" in actor) return actor;
    const allowed: readonly string[] = roles;
    if (!allowed.includes(actor.role)) return { refusal: { code: missingFor(actor) } };
    const sent: Record<string, unknown> = {};
    for (const [part, parse] of parsers) {
      const parsed: ParsedRequest<unknown> = parse === null ? nothingIn(request, part) : parse(request[part]);
      if (!parsed.ok) return { refusal: { code: parsed.code, detail: parsed.detail } };
      sent[part] = parsed.sent;
    }
    return { actor, ...sent } as Admitted;
  };
}

function missingFor({ role }: Actor): ErrorCode {
  return role === "anyone" ? "NOT_AUTHENTICATED" : "FORBIDDEN";
}

/** What a route takes nothing of must be left out. */
function nothingIn(request: FastifyRequest, part: "params" | "query" | "body"): ParsedRequest<null> {
  const given = request[part];
  const isGiven = typeof given === "object" && given !== null && Object.keys(given).length > 0;
  if (!isGiven) return { ok: true, sent: null };
  return { ok: false, code: "UNKNOWN_FIELD", detail: `This request takes no ${part}.` };
}

async function actorOf(
  { headers: { authorization } }: FastifyRequest,
  { tokens, passes }: Pick<HttpDeps, "tokens" | "passes">,
): Promise<Actor | { readonly refusal: Refusal }> {
  if (authorization === undefined) return { role: "anyone" };
  const [, token] = /^Bearer +([!-~]+)$/i.exec(authorization) ?? [];
  if (token === undefined) return { refusal: { code: "INVALID_TOKEN", detail: "Send Bearer and a token." } };
  const verified = await tokens.verify(token);
  if (verified.ok) return verified.identity;
  const credential = await passes.readCredential(token);
  if (credential.ok) return { role: "match", ...credential.claims };
  return { refusal: { code: verified.code } };
}
