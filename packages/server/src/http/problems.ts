import {
  type ErrorCode,
  isErrorCode,
  type ProblemOptions,
  problemDetails,
  problemMediaType,
} from "@matchforge/protocol";
import { StoreError } from "@matchforge/stores";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { HttpDeps } from "./http-deps.ts";
import { securityHeaders } from "./security-headers.ts";

const retryMs = 1_000;

/** What a refused request is answered with; `status` where HTTP has a finer one than the code's own. */
export interface Refusal extends ProblemOptions {
  readonly code: ErrorCode;
  readonly status?: number;
}

/** A request refused for coming too soon. */
export class RateLimited extends Error {
  override readonly name = "RateLimited";
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super("too many requests");
    this.retryAfterMs = retryAfterMs;
  }
}

/** The problem document of a refusal, as text. */
export function problemText({ code, status, ...options }: Refusal): { status: number; text: string } {
  const problem = problemDetails(code, options);
  const answered = { ...problem, status: status ?? problem.status };
  return { status: answered.status, text: JSON.stringify(answered) };
}

/** Answers with a problem document (RFC 9457). */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, text } = problemText(refusal);
  const { retryAfterMs } = refusal;
  if (retryAfterMs !== undefined) void reply.header("retry-after", Math.ceil(retryAfterMs / 1_000));
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  return reply.headers(securityHeaders).code(status).type(problemMediaType).send(text);
}

/** Answers what a handler or the framework threw. Nothing of the error itself goes out. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  { reply, deps }: { reply: FastifyReply; deps: Pick<HttpDeps, "onError"> },
) {
  const known = refusalOf(error);
  if (known !== undefined) return sendProblem(reply, known);
  const { id: requestId, method, routeOptions } = request;
  deps.onError(error, { requestId, method, route: routeOptions.url ?? "none" });
  const isStore = error instanceof StoreError && isErrorCode(error.code);
  return sendProblem(
    reply,
    isStore ? { code: "STORE_UNAVAILABLE", retryAfterMs: retryMs } : { code: "INTERNAL_ERROR" },
  );
}

/** The refusal of a request that is at fault itself; undefined when we are. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof RateLimited) return { code: "RATE_LIMITED", retryAfterMs: error.retryAfterMs };
  const { statusCode = 500, code, validation } = error as Partial<FastifyError>;
  if (validation !== undefined) {
    const isUnknown = validation.some(({ keyword }) => keyword === "additionalProperties");
    return { code: isUnknown ? "UNKNOWN_FIELD" : "INVALID_FIELD", detail: "This request takes no fields." };
  }
  if (statusCode === 413) return { code: "PAYLOAD_TOO_LARGE" };
  if (statusCode === 415)
    return { code: "UNSUPPORTED", status: 415, detail: "Send application/json, or no body." };
  if (code === "FST_ERR_BAD_URL") return { code: "INVALID_FIELD", detail: "The path is not well formed." };
  if (code === "FST_ERR_MAX_PARAM_LENGTH") return { code: "NOT_FOUND" };
  if (
    code === "FST_ERR_CTP_INVALID_JSON_BODY" ||
    code === "FST_ERR_CTP_EMPTY_JSON_BODY" ||
    error instanceof SyntaxError
  ) {
    return { code: "MALFORMED_JSON", detail: "Send a JSON object, or no body and no content type." };
  }
  if (statusCode >= 400 && statusCode < 500) return { code: "INVALID_FIELD" };
  return undefined;
}
