/**
 * Every bound of the wire, in one place. Reaching one has a named outcome, see `limitNotes`.
 *
 * @example
 * new WebSocketServer({ maxPayload: wireLimits.messageBytesMax });
 */
export const wireLimits = {
  messageBytesMax: 16_384,
  messageDepthMax: 8,
  entriesPerValueMax: 64,
  messageFragmentsMax: 16,
  messagesPerSecond: 20,
  progressMessagesPerSecond: 25,
  commandsInFlightMax: 1,
  commandsWaitingMax: 32,
  authTimeoutMs: 5_000,
  pingIntervalMs: 15_000,
  pongTimeoutMs: 5_000,
  progressRelayIntervalMs: 50,
  queueUpdateMinIntervalMs: 1_000,
  queueUpdateMaxIntervalMs: 10_000,
  staleReplicaRefusesAfterMs: 3_000,
  staleReplicaClosesAfterMs: 5_000,
  drainReconnectMinMs: 500,
  drainReconnectsPerSecond: 2_000,
  outboundBufferBytesMax: 262_144,
  connectionsPerNodeMax: 20_000,
  connectionsPerAddressMax: 2_000,
  idLengthMax: 64,
  nameLengthMax: 32,
  tokenLengthMax: 4_096,
  modesPerTicketMax: 8,
  regionsPerTicketMax: 16,
  rolesPerTicketMax: 8,
  blockedPerTicketMax: 60,
  membersPerPartyMax: 16,
  invitationsShownMax: 16,
  customFieldsMax: 16,
  customTextLengthMax: 256,
  playersPerMatchMax: 128,
  keysPerMessageMax: 1_024,
  keysPerMatchMax: 1_000_000,
  textLengthMax: 4_096,
  pageRowsMax: 100,
  adminReasonLengthMax: 256,
  announcementLengthMax: 1_024,
  rulesTextLengthMax: 262_144,
} as const;

/** The most members of a party whose `party.create` does not say. */
export const partySizeDefault = 5;

/** The name of a bound. */
export type WireLimit = keyof typeof wireLimits;

/** What a bound bounds, and what happens at it: the source of the reference page. */
export const limitNotes: Readonly<Record<WireLimit, { readonly bounds: string; readonly outcome: string }>> =
  {
    messageBytesMax: { bounds: "bytes of one client message", outcome: "PAYLOAD_TOO_LARGE" },
    messageDepthMax: { bounds: "objects and arrays inside each other", outcome: "PAYLOAD_TOO_DEEP" },
    entriesPerValueMax: { bounds: "entries of one object or array", outcome: "PAYLOAD_TOO_LARGE" },
    messageFragmentsMax: { bounds: "frames one message may come in", outcome: "close 1008" },
    messagesPerSecond: { bounds: "messages a second, `game.progress` aside", outcome: "RATE_LIMITED" },
    progressMessagesPerSecond: { bounds: "`game.progress` messages a second", outcome: "RATE_LIMITED" },
    commandsInFlightMax: { bounds: "commands of a player being logged", outcome: "the next one waits" },
    commandsWaitingMax: { bounds: "messages of a player waiting for that", outcome: "TOO_MANY_IN_FLIGHT" },
    authTimeoutMs: { bounds: "ms from connecting to `auth`", outcome: "AUTH_TIMEOUT, then close 4401" },
    pingIntervalMs: { bounds: "ms between two `ping`s", outcome: "the next `ping`" },
    pongTimeoutMs: { bounds: "ms from a `ping` to its `pong`", outcome: "close 4408" },
    progressRelayIntervalMs: {
      bounds: "ms between two relays of a player's progress",
      outcome: "the newest wins",
    },
    queueUpdateMinIntervalMs: { bounds: "least ms between two `queue.update`s", outcome: "the newest wins" },
    queueUpdateMaxIntervalMs: { bounds: "most ms between two `queue.update`s", outcome: "one is sent" },
    staleReplicaRefusesAfterMs: { bounds: "ms a node may apply nothing", outcome: "STORE_UNAVAILABLE" },
    staleReplicaClosesAfterMs: { bounds: "ms until it sends its players away", outcome: "close 1012" },
    drainReconnectMinMs: {
      bounds: "ms a client of a draining node waits at least before it connects again",
      outcome: "`server.draining` says so",
    },
    drainReconnectsPerSecond: {
      bounds: "clients of a draining node that are told to connect again in one second",
      outcome: "`server.draining` tells each another wait",
    },
    outboundBufferBytesMax: { bounds: "bytes waiting for a slow reader", outcome: "close 4413" },
    connectionsPerNodeMax: { bounds: "connections of one node", outcome: "POOL_FULL, then close 1013" },
    connectionsPerAddressMax: {
      bounds: "connections from one address",
      outcome: "POOL_FULL, then close 1013",
    },
    idLengthMax: { bounds: "characters of an id", outcome: "INVALID_FIELD" },
    nameLengthMax: { bounds: "characters of a mode, tier, region, role or key", outcome: "INVALID_FIELD" },
    tokenLengthMax: { bounds: "characters of a token", outcome: "INVALID_FIELD" },
    modesPerTicketMax: { bounds: "modes of one ticket", outcome: "INVALID_FIELD" },
    regionsPerTicketMax: { bounds: "regions and latencies of one ticket", outcome: "INVALID_FIELD" },
    blockedPerTicketMax: { bounds: "players one ticket never meets", outcome: "INVALID_FIELD" },
    rolesPerTicketMax: { bounds: "roles one player accepts", outcome: "INVALID_FIELD" },
    membersPerPartyMax: { bounds: "members of a party, invited players among them", outcome: "PARTY_FULL" },
    invitationsShownMax: { bounds: "invitations in a `session.sync`", outcome: "the newest are told" },
    customFieldsMax: { bounds: "custom fields of one ticket", outcome: "INVALID_FIELD" },
    customTextLengthMax: { bounds: "characters of a custom text", outcome: "INVALID_FIELD" },
    playersPerMatchMax: { bounds: "players of one match", outcome: "never made larger" },
    keysPerMessageMax: { bounds: "keys of one `game.progress`", outcome: "INVALID_FIELD" },
    keysPerMatchMax: { bounds: "offset of a key within a match", outcome: "INVALID_FIELD" },
    textLengthMax: { bounds: "characters of a match's text", outcome: "never sent longer" },
    pageRowsMax: { bounds: "rows of one page of a list", outcome: "INVALID_FIELD" },
    adminReasonLengthMax: { bounds: "characters of an operator's reason", outcome: "INVALID_FIELD" },
    announcementLengthMax: { bounds: "characters of an announcement", outcome: "INVALID_FIELD" },
    rulesTextLengthMax: { bounds: "characters of a rules file that is uploaded", outcome: "INVALID_FIELD" },
  };
