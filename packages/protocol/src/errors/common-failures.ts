import type { ErrorCode } from "./catalogue.ts";

/** What any client message may be refused with, besides the codes of its own. */
export const commonFailures = [
  "MALFORMED_JSON",
  "INVALID_ENVELOPE",
  "UNKNOWN_TYPE",
  "MISSING_FIELD",
  "UNKNOWN_FIELD",
  "INVALID_FIELD",
  "PAYLOAD_TOO_LARGE",
  "PAYLOAD_TOO_DEEP",
  "BINARY_NOT_SUPPORTED",
  "NOT_AUTHENTICATED",
  "AUTH_TIMEOUT",
  "CONNECTION_REPLACED",
  "ID_REUSED",
  "RATE_LIMITED",
  "TOO_MANY_IN_FLIGHT",
  "STORE_UNAVAILABLE",
  "DRAINING",
  "UNSUPPORTED",
  "INTERNAL_ERROR",
] as const satisfies readonly ErrorCode[];
