/** The names of a world's coordinators: as many as there may be. */
export const nodeNames = [
  "alpha",
  "bravo",
  "charlie",
  "delta",
  "echo",
  "foxtrot",
  "golf",
  "hotel",
  "india",
] as const;

/** What worlds are like where nobody says otherwise. Times are ms of virtual time. */
export const worldDefaults = {
  nodes: 3,
  players: 80,
  matches: 500,
  skewMs: 5_000,
  /** How long a world may take to end its matches once nothing goes wrong any more. */
  restMs: 15 * 60_000,
  longestMs: 4 * 3_600_000,
} as const;
