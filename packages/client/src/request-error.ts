import { type ErrorCode, errorCatalogue } from "@matchforge/protocol";

/** Why a request did not succeed on the client's side, beside the codes of the server. */
export type ClientErrorCode = "TIMEOUT" | "CLOSED" | "TOO_MANY_REQUESTS" | "UNREACHABLE";

const happened: Readonly<Record<ClientErrorCode, string>> = {
  TIMEOUT: "No reply came in time.",
  CLOSED: "The client was closed.",
  TOO_MANY_REQUESTS: "Too many requests wait for their replies.",
  UNREACHABLE: "No MatchForge server answered.",
};

/** A request that was refused by the server, or never answered. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: ErrorCode | ClientErrorCode;
  /** How long to wait before the same request can succeed. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode | ClientErrorCode,
    detail: { readonly message?: string; readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(
      detail.message ??
        (code in happened ? happened[code as ClientErrorCode] : errorCatalogue[code as ErrorCode].happened),
      "cause" in detail ? { cause: detail.cause } : undefined,
    );
    this.code = code;
    this.retryAfterMs = detail.retryAfterMs;
  }
}
