import type { PlayerId } from "../ids.ts";

/** A player's rating and record in one mode. */
export interface RatingRecord {
  readonly mode: string;
  readonly rating: number;
  readonly deviation: number;
  readonly volatility: number;
  readonly games: number;
  readonly wins: number;
  /** Mean words per minute over the typed games; 0 before the first. */
  readonly meanWpm: number;
}

/** Somebody met before, for rematch avoidance. */
export interface RecentOpponent {
  readonly playerId: PlayerId;
  readonly at: number;
}

/** How many opponents a player's record keeps: those of eight duels, or of the last matches of teams. */
export const recentOpponentsMax = 40;
