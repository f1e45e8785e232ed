import {
  type ErrorCode,
  errorCatalogue,
  errorCodes,
  type ProblemDetails,
  problemDetails,
  problemMediaType,
} from "@matchforge/protocol";
import { type RouteDefinition, routeFailures } from "@matchforge/protocol/schemas";

/** A code as a route answers with it: under the catalogue's status, or a finer one that HTTP has. */
export interface RouteProblem {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail?: string;
}

/** What HTTP itself refuses, before any route looks at a request. */
const ofEveryRoute: readonly RouteProblem[] = [
  { code: "INVALID_FIELD", status: 408, detail: "The request did not come in time." },
  { code: "PAYLOAD_TOO_LARGE", status: 431, detail: "The headers are too large." },
];
const ofBodies: readonly RouteProblem[] = [
  { code: "UNSUPPORTED", status: 415, detail: "Send application/json, or no body." },
];

/** The problem documents a route may answer with, by status. */
export function problemsByStatus(route: RouteDefinition): ReadonlyMap<number, readonly RouteProblem[]> {
  const own = routeFailures(route).map((code) => ({ code, status: errorCatalogue[code].httpStatus }));
  const all = [...own, ...ofEveryRoute, ...(route.method === "GET" ? [] : ofBodies)];
  return Map.groupBy(all, ({ status }) => status);
}

/** Where the response of these problems stands among the components: many routes share it. */
export function sharedResponse(problems: readonly RouteProblem[]) {
  return { $ref: `#/components/responses/${sharedName(problems)}` };
}

/** Every response of these routes that is a problem document, by the name `sharedResponse` refers to. */
export function sharedResponses(routes: readonly RouteDefinition[]) {
  const groups = routes.flatMap((route) => [...problemsByStatus(route)]);
  return Object.fromEntries(
    groups
      .sort(([left], [right]) => left - right)
      .map(([status, problems]) => [sharedName(problems), problemResponse(status, problems)]),
  );
}

function sharedName(problems: readonly RouteProblem[]): string {
  return problems.map(nameOf).sort().join(".");
}

/** An example of every problem document of these routes, by `nameOf`. */
export function problemExamples(routes: readonly RouteDefinition[]) {
  const problems = new Map(
    routes
      .flatMap((route) => [...problemsByStatus(route).values()].flat())
      .map((problem) => [nameOf(problem), problem]),
  );
  const inOrder = [...problems].sort(
    ([, left], [, right]) =>
      errorCodes.indexOf(left.code) - errorCodes.indexOf(right.code) || left.status - right.status,
  );
  return Object.fromEntries(
    inOrder.map(([name, problem]) => [
      name,
      {
        summary: problem.code,
        description: errorCatalogue[problem.code].whatToDo,
        value: documentOf(problem),
      },
    ]),
  );
}

/** The response of one status to these problems. */
export function problemResponse(status: number, problems: readonly RouteProblem[]) {
  const codes = problems.map(({ code }) => code);
  const headers = {
    "x-request-id": { $ref: "#/components/headers/RequestId" },
    ...((status === 429 || status === 503) && { "retry-after": { $ref: "#/components/headers/RetryAfter" } }),
  };
  const examples = problems.map((problem) => [
    nameOf(problem),
    { $ref: `#/components/examples/${nameOf(problem)}` },
  ]);
  return {
    description: problems
      .map((problem) => problem.detail ?? errorCatalogue[problem.code].happened)
      .join(" Or: "),
    headers,
    content: {
      [problemMediaType]: {
        schema: {
          $ref: "#/components/schemas/Problem",
          properties: { status: { const: status }, code: { enum: codes } },
        },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function nameOf({ code, status }: RouteProblem): string {
  return errorCatalogue[code].httpStatus === status ? code : `${code}_${status}`;
}

function documentOf({ code, status, detail }: RouteProblem): ProblemDetails {
  return { ...problemDetails(code, detail === undefined ? {} : { detail }), status };
}
