import type { PlayerId } from "../../ids.ts";
import { withRequest } from "../client-requests.ts";
import type { RequestOrigin } from "../request-origin.ts";
import type { State } from "../state.ts";

/** Remembers a client's request that was carried out. */
export function rememberRequest(state: State, id: PlayerId, origin: RequestOrigin | undefined): void {
  const player = origin === undefined ? undefined : state.players.get(id);
  if (origin === undefined || player === undefined) return;
  player.requests = withRequest(player.requests, origin, state.time);
}

/** The same of an event that says who asked for it, if anybody did. */
export function rememberAsked(
  state: State,
  { by, origin }: { readonly by?: PlayerId; readonly origin?: RequestOrigin },
): void {
  if (by !== undefined) rememberRequest(state, by, origin);
}
