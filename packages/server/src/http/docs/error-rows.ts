import { type ErrorCode, type ErrorDescription, errorFamilies, problemDetails } from "@matchforge/protocol";
import {
  type ClientMessageDefinition,
  clientMessageDefinitions,
  type RouteDefinition,
  routeDefinitions,
} from "@matchforge/protocol/schemas";

/** What the reference of errors begins with. Here and in the rows backticks are code. */
export const errorIntroduction =
  "Whatever is refused carries one of these codes: an `error` message on the socket, a problem document (RFC 9457, " +
  "`application/problem+json`) over HTTP. The list is closed. *Retry* says whether the same request can succeed " +
  "later without being changed; where `retry_after_ms`, or the header `Retry-After`, says how long to wait, wait that " +
  "long. *From* names the requests that have a code for reasons of their own.";

/** A problem document as it may look. */
export const errorExample = problemDetails("COOLDOWN", { retryAfterMs: 30_000 });

/** What the cells of `errorRows` hold. */
export const errorColumns = ["code", "HTTP", "retry", "what happened", "what to do", "from"] as const;

/** Every code as a row, by family. */
export function errorRows(): readonly (readonly [family: string, rows: readonly (readonly string[])[]])[] {
  return Object.entries(errorFamilies).map(([family, errors]) => [
    family,
    (Object.entries(errors) as [ErrorCode, ErrorDescription][]).map(rowOf),
  ]);
}

function rowOf([code, { httpStatus, retryable, happened, whatToDo }]: [
  ErrorCode,
  ErrorDescription,
]): string[] {
  const from = sourcesOf(code).map((source) => `\`${source}\``);
  return [`\`${code}\``, `${httpStatus}`, retryable ? "yes" : "no", happened, whatToDo, from.join(", ")];
}

/** The messages and routes that name a code among their own failures. */
function sourcesOf(code: ErrorCode): string[] {
  const messages: readonly ClientMessageDefinition[] = clientMessageDefinitions;
  const routes: readonly RouteDefinition[] = routeDefinitions;
  const names = ({ failures }: { readonly failures: readonly ErrorCode[] }) => failures.includes(code);
  return [
    ...messages.filter(names).map(({ type }) => type),
    ...routes.filter(names).map(({ method, path }) => `${method} ${path}`),
  ];
}
