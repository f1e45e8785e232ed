import type { PlayerId } from "@matchforge/core";
import type { RequestPart, RouteDefinition } from "@matchforge/protocol/schemas";
import { fieldFaultIn } from "@matchforge/protocol/validate";
import type { FastifyRequest } from "fastify";
import { Errors } from "typebox/value";
import type { Refusal } from "../problems.ts";
import type { Asked, Refused } from "./admin-route.ts";
import { limitFault, type PageQuery } from "./page-of.ts";

/** What a request asks, or the first thing in it that does not keep to its route's schemas. */
export function readAsked(
  request: FastifyRequest,
  { definition, actor }: { readonly definition: RouteDefinition; readonly actor: PlayerId },
): Asked<RouteDefinition> | Refused {
  const { params, query, body } = definition;
  const given = { params: request.params, query: request.query, body: request.body ?? undefined };
  const refusal =
    faultIn(params, given.params) ?? queryFault(query, given.query) ?? faultIn(body, given.body ?? {});
  return refusal === undefined ? ({ actor, ...given } as Asked<RouteDefinition>) : { refusal };
}

/** Where a route reads nothing behind the question mark, whatever stands there is passed over. */
function queryFault(part: RequestPart | null, value: unknown): Refusal | undefined {
  if (part === null) return undefined;
  return faultIn(part, value) ?? limitFault(value as PageQuery);
}

function faultIn(part: RequestPart | null, value: unknown): Refusal | undefined {
  // Where nothing is asked for, nothing may be sent.
  const schema = part?.schema ?? { type: "object", additionalProperties: false };
  const given = part === null ? { ...(value as object) } : value;
  const errors = [...Errors(schema, given)];
  if (errors.length === 0) return undefined;
  const { code, message } = fieldFaultIn(errors, schema);
  return { code, detail: message };
}
