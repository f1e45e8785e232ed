import type { ErrorCode } from "@matchforge/protocol";
import { type RouteDefinition, routeDefinitions } from "@matchforge/protocol/schemas";
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { MatchCredentialClaims, MatchPasses } from "../auth/match-passes.ts";
import type { Identity, Tokens } from "../auth/tokens.ts";
import { type Refusal, sendProblem } from "./problems.ts";

/** Who asks. */
export type Actor =
  | { readonly role: "anyone" }
  | Identity
  | ({ readonly role: "match" } & MatchCredentialClaims);

/** What reads tokens; without passes, no credential of a match is taken. */
export interface AccessDeps {
  readonly tokens: Pick<Tokens, "verify">;
  readonly passes?: Pick<MatchPasses, "readCredential">;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whose request it is to take, by its definition; `nobody`: it refuses everybody. Without it a route cannot be added. */
    access?: RouteDefinition | "nobody";
  }
  interface FastifyRequest {
    actor: Actor | undefined;
  }
}

/**
 * The one place where a listener lets requests in. Who may use a route is said by its definition, whose roles are all
 * that counts; a route without a definition that the protocol has cannot be added at all. Nobody else's body is read.
 */
export function enforceAccess(app: FastifyInstance, deps: AccessDeps): void {
  app.decorateRequest("actor", undefined);
  app.addHook("onRoute", (route) => {
    const access = route.config?.access;
    if (access === "nobody") {
      route.onRequest = [route.onRequest ?? [], refuseAll].flat();
      return;
    }
    if (access === undefined || !isDefined(access) || !isFor(access, route))
      throw new Error(
        `${route.method} ${route.url} has no definition in routeDefinitions: give it one there.`,
      );
    // Behind the limits of each address, which stand here already: to verify a token takes work.
    route.onRequest = [route.onRequest ?? [], letIn(access, deps)].flat();
  });
}

/**
 * By what a game server's requests are counted: many of them may share an address, and none should use up what others
 * may ask. Undefined for everybody else, and for whoever only says that they are one.
 */
export async function serverCounted(request: FastifyRequest, deps: AccessDeps): Promise<string | undefined> {
  const { access } = request.routeOptions.config;
  if (access === undefined || access === "nobody") return undefined;
  if (!access.roles.some((role) => role === "server" || role === "match")) return undefined;
  const actor = await actorIn(request, deps);
  if ("refusal" in actor) return undefined;
  if (actor.role === "server") return actor.server;
  return actor.role === "match" ? `${actor.match}:${actor.attempt}` : undefined;
}

/** Who asks, on a route that let them in. */
export function actorOf({ actor }: FastifyRequest): Actor {
  return actor ?? { role: "anyone" };
}

/** Of a route for nobody, whatever it says of its own accord is said before. */
const refuseAll: onRequestAsyncHookHandler = async (_request, reply) =>
  sendProblem(reply, { code: "FORBIDDEN" });

function isDefined(definition: RouteDefinition): boolean {
  const all: readonly RouteDefinition[] = routeDefinitions;
  return all.includes(definition);
}

function isFor(
  { method, path }: RouteDefinition,
  route: { readonly method: string | string[]; readonly url: string },
): boolean {
  const served = method === "GET" ? ["GET", "HEAD"] : [method];
  return route.url === path && [route.method].flat().every((one) => served.includes(one));
}

function letIn({ roles }: RouteDefinition, deps: AccessDeps): onRequestAsyncHookHandler {
  // Where tokens change nothing they are not looked at: a monitor may send its own.
  const isOpen = roles.every((role) => role === "anyone");
  return async (request, reply) => {
    if (isOpen) return;
    const actor = await actorIn(request, deps);
    if ("refusal" in actor) return sendProblem(reply, actor.refusal);
    if (!mayUse(roles, actor)) return sendProblem(reply, { code: missingFor(actor) });
    request.actor = actor;
  };
}

/** An operator may play as well, and whoever may do what anyone may. */
function mayUse(roles: readonly string[], { role }: Actor): boolean {
  return roles.includes(role) || roles.includes("anyone") || (role === "admin" && roles.includes("player"));
}

function missingFor({ role }: Actor): ErrorCode {
  return role === "anyone" ? "NOT_AUTHENTICATED" : "FORBIDDEN";
}

/** A token that is not valid is refused: whoever sends one would take what a stranger is shown for the whole truth. */
async function actorIn(
  { headers: { authorization } }: FastifyRequest,
  { tokens, passes }: AccessDeps,
): Promise<Actor | { readonly refusal: Refusal }> {
  if (authorization === undefined) return { role: "anyone" };
  const [, token] = /^Bearer +([!-~]+)$/i.exec(authorization) ?? [];
  if (token === undefined) return { refusal: { code: "INVALID_TOKEN", detail: "Send Bearer and a token." } };
  const verified = await tokens.verify(token);
  if (verified.ok) return verified.identity;
  const credential = await passes?.readCredential(token);
  if (credential?.ok) return { role: "match", ...credential.claims };
  return { refusal: { code: verified.code } };
}
