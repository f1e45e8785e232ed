import { type ErrorCode, errorCatalogue } from "../errors/catalogue.ts";

/** The media type of a problem document (RFC 9457). */
export const problemMediaType = "application/problem+json";

/** A problem document (RFC 9457) with a code of the catalogue. */
export interface ProblemDetails {
  /** Names the kind of problem: a URN made of the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** What happened this time, where there is more to say than the title does. */
  readonly detail?: string;
  readonly retry_after_ms?: number;
}

/** What a problem document says beyond its code. */
export interface ProblemOptions {
  readonly detail?: string;
  readonly retryAfterMs?: number;
}

/**
 * The problem document of a code; its status is the catalogue's.
 *
 * @example
 * reply.code(problem.status).type(problemMediaType).send(problem);
 */
export function problemDetails(
  code: ErrorCode,
  { detail, retryAfterMs }: ProblemOptions = {},
): ProblemDetails {
  const { happened, httpStatus } = errorCatalogue[code];
  return {
    type: `urn:matchforge:error:${code.toLowerCase()}`,
    title: happened,
    status: httpStatus,
    code,
    ...(detail !== undefined && { detail }),
    ...(retryAfterMs !== undefined && { retry_after_ms: retryAfterMs }),
  };
}
