import type { Static, TObject } from "typebox";
import type { ErrorCode } from "../errors/catalogue.ts";

/** One HTTP route: the one source of its types, validation and documentation. */
export interface RouteDefinition<
  Answer extends TObject = TObject,
  Params extends TObject | null = TObject | null,
> {
  readonly method: "GET" | "POST";
  /** Path with `:name` for each field of `params`. */
  readonly path: string;
  /** The first protocol version that has it. */
  readonly since: number;
  readonly description: string;
  readonly params: Params;
  /** What may stand behind the path's question mark; left out: nothing. */
  readonly query?: TObject;
  /** The status of success. */
  readonly status: number;
  readonly answer: Answer;
  readonly example: Static<Answer>;
  /** The codes of the problem documents it may answer with, besides those of any request. */
  readonly failures: readonly ErrorCode[];
}

/** What any HTTP request may be refused with, besides the codes of its route. */
export const commonRouteFailures = [
  "RATE_LIMITED",
  "STORE_UNAVAILABLE",
  "NOT_FOUND",
  "PAYLOAD_TOO_LARGE",
  "INTERNAL_ERROR",
] as const satisfies readonly ErrorCode[];

/** Keeps the schemas of a route as their own types. */
export function defineRoute<Answer extends TObject, Params extends TObject | null>(
  definition: RouteDefinition<Answer, Params>,
): RouteDefinition<Answer, Params> {
  return definition;
}
