/** What routes are about: the chapters of the HTTP reference, in its order. */
export const routeTags = {
  "sign-in": "Who you are: guests, and moving between shards.",
  matchmaking: "Queues, waits, and why you wait.",
  tickets: "Queueing without a socket.",
  matches: "A match while it is prepared and played, and what can be checked of it.",
  servers: "Game servers: registering them, redeeming match tickets, reporting results.",
  players: "Ratings, their history, and leaderboards.",
  operations: "Whether a node runs and how it does.",
  documentation: "These pages.",
  admin: "What operators may do, on their own listener.",
} as const;

/** A chapter of the HTTP reference. */
export type RouteTag = keyof typeof routeTags;
