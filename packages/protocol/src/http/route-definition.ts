import type { Static, TObject, TSchema } from "typebox";
import type { ErrorCode } from "../errors/catalogue.ts";
import type { RouteTag } from "./route-tags.ts";

/**
 * Whose token a route takes; with `anyone` none is needed, and a token beside it only shows more. A `server` has one for
 * itself, and for each of its matches a credential: `match`.
 */
export const routeRoles = ["anyone", "player", "server", "match", "admin"] as const;
export type RouteRole = (typeof routeRoles)[number];

/** At least one of them. */
export type RouteRoles = readonly [RouteRole, ...RouteRole[]];

/** Where a route is served: to everybody, or on the operators' own listener. */
export type Listener = "public" | "admin";

/** A part of a request, and how it may look: made by `sent`. */
export interface RequestPart<Schema extends TObject = TObject> {
  readonly schema: Schema;
  readonly example: Static<Schema>;
}

/** Another answer than the usual one that is no problem document. */
export interface OtherAnswer {
  readonly status: number;
  /** When it is given, in one sentence. */
  readonly description: string;
  /** Null for an answer without a body. */
  readonly answer: TSchema | null;
  readonly example: unknown;
}

/** One HTTP route: the one source of its types, validation and documentation. */
export interface RouteDefinition<
  Answer extends TSchema | null = TSchema | null,
  Params extends RequestPart | null = RequestPart | null,
  Query extends RequestPart | null = RequestPart | null,
  Body extends RequestPart | null = RequestPart | null,
  Roles extends RouteRoles = RouteRoles,
> {
  /** The name of its file. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with `:name` for each field of `params`. */
  readonly path: string;
  readonly listener: Listener;
  readonly tag: RouteTag;
  /** Whose token it takes; anybody else's is refused. */
  readonly roles: Roles;
  /** The first protocol version that has it. */
  readonly since: number;
  /** What it is for, in one sentence or two. */
  readonly description: string;
  /** The names in the path; null where it has none. */
  readonly params: Params;
  /** What may stand behind the path's question mark; null for nothing. */
  readonly query: Query;
  /** The JSON object that is sent; null for none. */
  readonly body: Body;
  /** Headers it reads besides `Authorization`, by their names in lower case. */
  readonly headers?: RequestPart;
  /** The status of success. */
  readonly status: number;
  /** What success answers; null for nothing. */
  readonly answer: Answer;
  /** The media type of success; left out: JSON. Where it is another, `answer` is the schema of a text. */
  readonly mediaType?: string;
  readonly example: Answer extends TSchema ? Static<Answer> : null;
  /** Answers of other statuses that are no problem documents. */
  readonly otherAnswers?: readonly OtherAnswer[];
  /** The codes of the problem documents it may answer with, besides those `routeFailures` derives. */
  readonly failures: readonly ErrorCode[];
}

/**
 * Defines a route: one file each, named after it. Everything the reference, the OpenAPI document and the
 * contract test need is asked for here, so that a route which says less does not compile.
 *
 * @example
 * export const health = defineRoute({ name: "health", method: "GET", path: "/healthz", ... });
 */
export function defineRoute<
  const Answer extends TSchema | null,
  const Params extends RequestPart | null,
  const Query extends RequestPart | null,
  const Body extends RequestPart | null,
  const Roles extends RouteRoles,
>(
  definition: RouteDefinition<Answer, Params, Query, Body, Roles>,
): RouteDefinition<Answer, Params, Query, Body, Roles> {
  return definition;
}

/**
 * A part of a request with an example of it.
 *
 * @example
 * params: sent(strictObject({ id: id("The match.") }), { id: "match_abc123" }),
 */
export function sent<Schema extends TObject>(schema: Schema, example: Static<Schema>): RequestPart<Schema> {
  return { schema, example };
}
