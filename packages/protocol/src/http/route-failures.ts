import type { ErrorCode } from "../errors/catalogue.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** What any HTTP request may be refused with, besides the codes of its route. */
export const commonRouteFailures = [
  "RATE_LIMITED",
  "STORE_UNAVAILABLE",
  "NOT_FOUND",
  "PAYLOAD_TOO_LARGE",
  "INTERNAL_ERROR",
] as const satisfies readonly ErrorCode[];

const tokenFailures = ["INVALID_TOKEN", "TOKEN_EXPIRED", "WRONG_SHARD"] as const;
const signedInFailures = ["NOT_AUTHENTICATED", "FORBIDDEN"] as const;
const fieldFailures = ["INVALID_FIELD"] as const;
const missingFailures = ["MISSING_FIELD"] as const;
const queryFailures = ["UNKNOWN_FIELD"] as const;
const bodyFailures = [
  "MALFORMED_JSON",
  "MISSING_FIELD",
  "UNKNOWN_FIELD",
  "INVALID_FIELD",
  "PAYLOAD_TOO_DEEP",
] as const;
/** A page of a foreign origin may read, and nothing else. */
const changingFailures = ["FORBIDDEN", "MALFORMED_JSON", "UNKNOWN_FIELD", "INVALID_FIELD"] as const;

/** Every code a route's problem documents may carry, each once: its own first, then those of what it takes. */
export function routeFailures(route: RouteDefinition): readonly ErrorCode[] {
  const { roles, params, query, body, headers, method, failures } = route;
  const takesFields = params !== null || query !== null || headers !== undefined;
  const canLackFields = [query, headers].some((part) => (part?.schema.required ?? []).length > 0);
  return [
    ...new Set<ErrorCode>([
      ...failures,
      ...(roles.some((role) => role !== "anyone") ? tokenFailures : []),
      ...(roles.includes("anyone") ? [] : signedInFailures),
      ...(takesFields ? fieldFailures : []),
      ...(canLackFields ? missingFailures : []),
      ...(query === null ? [] : queryFailures),
      ...(body === null ? [] : bodyFailures),
      ...(method === "GET" ? [] : changingFailures),
      ...commonRouteFailures,
    ]),
  ];
}
