import type { PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../commands.ts";
import { kernelLimits } from "../limits.ts";
import type { ClientRequest } from "../model.ts";
import type { State } from "../state.ts";

/** Remembers a client's request that was carried out, the newest last, old ones falling out. */
export function rememberRequest(state: State, id: PlayerId, origin: RequestOrigin | undefined): void {
  if (origin === undefined) return;
  const player = state.players.get(id);
  if (player === undefined) return;
  const oldest = state.time - kernelLimits.requestsForMs;
  const request: ClientRequest = { key: origin.key, bodyHash: origin.bodyHash, at: state.time };
  const kept = player.requests.filter((known) => known.at >= oldest);
  if (kept.length >= kernelLimits.requestsPerPlayer) kept.shift();
  kept.push(request);
  player.requests = kept;
}
