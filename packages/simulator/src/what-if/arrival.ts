import type { PlayerId, Wishes } from "@matchforge/core";

/** A place in one pool that a ticket asks for. */
export interface Place {
  readonly mode: string;
  readonly tier: string | null;
  /** What the matcher goes by: the player's rating, or the party's. */
  readonly rating: number;
  /** Of each player, in the order of the players; null: one player, who has the ticket's. */
  readonly memberRatings: readonly number[] | null;
  /** How strong they really are: what bands and win probabilities go by. */
  readonly skill: number;
}

/** Somebody who comes to play: what a run is fed with, drawn from a traffic model or read from a log. */
export interface Arrival {
  /** Whole ms since the run began; never below the one before. */
  readonly at: number;
  readonly players: readonly PlayerId[];
  readonly places: readonly Place[];
  readonly wishes: Wishes;
  /** Uint32: breaks ties and draws the anti-snipe delay. */
  readonly draw: number;
  /** When they give up if they still wait then; Infinity: never. */
  readonly leavesAt: number;
}
