/** Bounds of one ticket's search. A search that reaches one goes on with the next wave, within twice as much. */
export const teamSearchLimits = {
  /** Tickets looked at in the first wave. */
  looks: 512,
  /** Attempts to fill the teams in the first wave. */
  fills: 16,
  /** Attempts to fill them in a way that promises more than the nearest. */
  attemptFills: 2,
  /** How many waves it may take. */
  turnsMax: 5,
  /** Tickets that are wanted to choose from: so many times the players of a match. */
  choice: 5,
  /** Exchanges of a ticket of the match for a better one. */
  betteredMax: 8,
  /** Of up to so many tickets all choices are tried. */
  exactTickets: 12,
  /** What it costs to split and better a match, in tickets looked at. */
  matchWork: 256,
} as const;
