import type { RouteDefinition } from "@matchforge/protocol/schemas";
import { type ParsedRequest, requestParser } from "@matchforge/protocol/validate";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Static, TObject } from "typebox";
import type { PlayerIdentity } from "../auth/tokens.ts";
import { type Actor, actorOf } from "./access.ts";
import { refuseOtherMethods } from "./add-route.ts";
import { type Refusal, sendProblem } from "./problems.ts";

export type { Actor } from "./access.ts";

/** A request that was let in: who asks, and what was sent, as the route's definition has it. */
export interface Asked<
  Definition extends RouteDefinition,
  Role extends Actor["role"] = Definition["roles"][number],
> {
  readonly actor: ActorOf<Role>;
  readonly params: PartOf<Definition["params"]>;
  readonly query: PartOf<Definition["query"]>;
  readonly body: PartOf<Definition["body"]>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** An operator may be asking where a player may, and everybody where anyone may. */
type ActorOf<Role> = Role extends "anyone"
  ? Actor
  : Role extends PlayerIdentity["role"]
    ? PlayerIdentity
    : Extract<Actor, { readonly role: Role }>;

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
 * Serves routes as their definitions have them: who may use one is seen to before, and what is sent is checked here,
 * before anything is done with it. Other methods of their paths are refused.
 */
export function serveRoutes(app: FastifyInstance, routes: readonly Served[]): void {
  for (const { definition, handle } of routes) {
    const { method, path, status } = definition;
    const partsOf = reader(definition);
    app.route({
      method,
      url: path,
      config: { access: definition },
      handler: async (request, reply) => {
        const sent = partsOf(request);
        if ("refusal" in sent) return sendProblem(reply, sent.refusal);
        const answered = await handle({ ...sent, actor: actorOf(request), request, reply } as never);
        if (answered === undefined) return reply;
        if ("refusal" in answered) return sendProblem(reply, answered.refusal);
        return reply.code(status).header("cache-control", "no-store").send(answered.answer);
      },
    });
  }
  for (const [path, group] of Map.groupBy(routes, ({ definition }) => definition.path))
    refuseOtherMethods(app, { path, taken: group.map(({ definition }) => definition.method) });
}

type Parts = Pick<Asked<RouteDefinition>, "params" | "query" | "body">;

function reader({
  params,
  query,
  body,
}: RouteDefinition): (request: FastifyRequest) => Parts | { readonly refusal: Refusal } {
  const parsers = [
    ["params", params && requestParser(params.schema)],
    ["query", query && requestParser(query.schema)],
    ["body", body && requestParser(body.schema)],
  ] as const;
  return (request) => {
    const sent: Record<string, unknown> = {};
    for (const [part, parse] of parsers) {
      const parsed: ParsedRequest<unknown> = parse === null ? nothingIn(request, part) : parse(request[part]);
      if (!parsed.ok) return { refusal: { code: parsed.code, detail: parsed.detail } };
      sent[part] = parsed.sent;
    }
    return sent as unknown as Parts;
  };
}

/** A body that nobody reads must be left out; what stands behind a question mark for nobody is passed over. */
function nothingIn(request: FastifyRequest, part: "params" | "query" | "body"): ParsedRequest<null> {
  const given = part === "body" ? request.body : null;
  const isGiven = typeof given === "object" && given !== null && Object.keys(given).length > 0;
  if (!isGiven) return { ok: true, sent: null };
  return { ok: false, code: "UNKNOWN_FIELD", detail: "This request takes no body." };
}
