/** Every bound of the HTTP side, in one place. Reaching one has the outcome named beside it. */
export const httpLimits = {
  /** 413 PAYLOAD_TOO_LARGE. */
  bodyBytesMax: 16_384,
  /** All header lines together; 431. */
  headerBytesMax: 8_192,
  /** Of one address; 429 RATE_LIMITED. Health, readiness and metrics do not count. */
  requestsPerMinute: 600,
  /** Of one address; 429 RATE_LIMITED. */
  guestSignInsPerMinute: 600,
  /** Addresses whose requests are counted; the longest silent is forgotten first. */
  addressesCounted: 10_000,
  /** From the first byte to the end of the headers; 408. */
  headersTimeoutMs: 5_000,
  /** From the first byte to the end of the body; 408. */
  requestTimeoutMs: 10_000,
  /** How often both are looked at: they may be exceeded by as much. */
  timeoutsCheckedEveryMs: 1_000,
  /** How long a question about a match waits for the archive to follow the log; 503 STORE_UNAVAILABLE. */
  archiveWaitMs: 2_000,
  /** Tickets of a pool that one explanation looks at; beyond it a sample counts for all. */
  explainedTicketsMax: 4_000,
} as const;

/** The bounds by name; whoever builds the HTTP side may choose others. */
export type HttpLimits = { readonly [Key in keyof typeof httpLimits]: number };
