import type { LeaderboardPlace } from "./port.ts";

/** Before every place of a leaderboard. */
export const firstPlace: LeaderboardPlace = { estimate: Number.POSITIVE_INFINITY, playerId: "" };
