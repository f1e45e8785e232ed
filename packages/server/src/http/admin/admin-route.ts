import type { PlayerId } from "@matchforge/core";
import type { RequestPart, RouteDefinition } from "@matchforge/protocol/schemas";
import type { Static, TSchema } from "typebox";
import type { Refusal } from "../problems.ts";
import type { AdminDeps } from "./admin-deps.ts";

type PartOf<Part> = Part extends RequestPart<infer Schema> ? Static<Schema> : null;
type AnswerOf<Schema> = Schema extends TSchema ? Static<Schema> : null;

/** What an operator asks of a route: parts that keep to their schemas. */
export interface Asked<Route extends RouteDefinition> {
  readonly actor: PlayerId;
  readonly params: PartOf<Route["params"]>;
  readonly query: PartOf<Route["query"]>;
  readonly body: PartOf<Route["body"]>;
}

/** A request that is refused. */
export interface Refused {
  readonly refusal: Refusal;
}

/** A route of the operators' listener with what answers it. */
export interface AdminRoute {
  readonly definition: RouteDefinition;
  readonly answer: (asked: Asked<RouteDefinition>, deps: AdminDeps) => Promise<object | Refused>;
}

/**
 * Ties a route to its answer; the definition says what it is asked and must answer.
 *
 * @example
 * const route = adminRoute(adminRoutes.adminRulesAdopt, async ({ actor, body }, deps) => ({ position: 1 }));
 */
export function adminRoute<Route extends RouteDefinition>(
  definition: Route,
  answer: (asked: Asked<Route>, deps: AdminDeps) => Promise<AnswerOf<Route["answer"]> | Refused>,
): AdminRoute {
  return { definition, answer: answer as AdminRoute["answer"] };
}
