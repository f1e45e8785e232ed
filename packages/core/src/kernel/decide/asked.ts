import type { PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../request-origin.ts";

/** Who asked for what an event says, and by which request. */
export interface Asked {
  readonly by?: PlayerId;
  readonly origin?: RequestOrigin;
}

/** The same of anything that knows it: only what is known, so that an event says no more. */
export function askedIn({
  by,
  origin,
}: {
  by?: PlayerId | undefined;
  origin?: RequestOrigin | undefined;
}): Asked {
  return { ...(by !== undefined && { by }), ...(origin !== undefined && { origin }) };
}

/** The same of a command of a player's. */
export function askedBy({ player, origin }: { player: PlayerId; origin?: RequestOrigin }) {
  return { by: player, ...(origin !== undefined && { origin }) };
}
