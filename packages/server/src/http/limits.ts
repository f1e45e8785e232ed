/** Every bound of the HTTP side, in one place. Reaching one has the outcome named beside it. */
export const httpLimits = {
  /** 413 PAYLOAD_TOO_LARGE. */
  bodyBytesMax: 16_384,
  /** Characters of one name in a path; 404 NOT_FOUND. */
  pathNameLengthMax: 100,
  /** All header lines together; 431. */
  headerBytesMax: 8_192,
  /** Of one address, game server or match; 429 RATE_LIMITED. Health, readiness and metrics do not count. */
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
  /** How often a registered server should say that it lives, and how often a node tells the log of all it heard. */
  serverHeartbeatEveryMs: 5_000,
  heartbeatsToldEveryMs: 1_000,
  /** A server's standings of one match come no faster; 429 RATE_LIMITED. */
  standingEveryMs: 1_000,
  /** Results and reports a node remembers, so that the same again is answered alike; the oldest are forgotten first. */
  resultsRemembered: 10_000,
  /** Matches whose standings are timed; the longest silent is forgotten first. */
  standingsTimed: 10_000,
  /** How long an operator's command may take; 503 STORE_UNAVAILABLE, and it may still be carried out. */
  operatorWaitMs: 10_000,
  /** Tickets of a pool that one explanation looks at; beyond it a sample counts for all. */
  explainedTicketsMax: 4_000,
  /** Tickets of a pool whose regions one look at the statistics asks for; beyond it a sample counts for all. */
  regionTicketsMax: 4_000,
  /** How long the log may take to store a request; 503 STORE_UNAVAILABLE, and the same request may come again. */
  submitWaitMs: 5_000,
  /** Requests and streams of one player that wait for news of a ticket; the oldest is answered at once, or ends. */
  ticketWatchersPerPlayer: 4,
  /** The same of all players of a node; 503 POOL_FULL. */
  ticketWatchersMax: 10_000,
  /** How often place and estimate of a watched ticket are looked at; what lies between is not told. */
  ticketFiguresEveryMs: 1_000,
  /** A stream of a ticket ends after this, so that a reader who vanished is not taken for present; it may come back. */
  ticketStreamMs: 120_000,
  /** What a slow reader of a stream leaves unread; the stream is cut. */
  ticketStreamBytesMax: 65_536,
  /** Ended tickets a node remembers, and for how long; beyond it the archive answers, or TICKET_NOT_FOUND. */
  endedTicketsMax: 20_000,
  endedTicketMs: 600_000,
  /** Who asks for nothing for so long is disconnected. */
  presenceSilentMs: 15_000,
  /** How often a node takes over a player who asks through several; until then the other node holds them. */
  presenceTakeoverMs: 5_000,
} as const;

/** The bounds by name; whoever builds the HTTP side may choose others. */
export type HttpLimits = { readonly [Key in keyof typeof httpLimits]: number };

/** Where the operators' listener differs. */
export const adminHttpLimits = {
  /** A rules file, as JSON text. */
  bodyBytesMax: 262_144,
  /** Of a node and its run. */
  pathNameLengthMax: 256,
} as const satisfies Partial<HttpLimits>;
