import type { PlayerId } from "../../ids.ts";
import type { Command, RequestOrigin } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import type { ClientRequest, Player } from "../model.ts";
import type { State } from "../state.ts";
import { refuse } from "./refuse.ts";

/**
 * Recognises a client's request that was already carried out: the same id and body is `REPEATED`
 * (its sender answers from the current state), the same id with another body is `ID_REUSED`.
 */
export function repeatedRequest(state: State, command: Command): KernelEvent[] | undefined {
  const { origin, player } = command as { origin?: RequestOrigin; player?: PlayerId };
  if (origin === undefined || player === undefined) return undefined;
  const record = state.players.get(player);
  const known = record && findRequest(record, origin.key, state.time);
  if (known === undefined) return undefined;
  return refuse(command, known.bodyHash === origin.bodyHash ? "REPEATED" : "ID_REUSED");
}

/** A player's remembered request; requests are forgotten two minutes after they were carried out. */
export function findRequest(player: Player, key: string, time: number): ClientRequest | undefined {
  const requests = player.requests;
  for (let index = requests.length - 1; index >= 0; index -= 1) {
    const request = requests[index];
    if (time - request.at > kernelLimits.requestsForMs) return undefined;
    if (request.key === key) return request;
  }
  return undefined;
}
