import type { PlayerId } from "../../ids.ts";
import { bodyHashOf } from "../client-requests.ts";
import type { Command, RequestOrigin } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
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
  const bodyHash = record && bodyHashOf(record.requests, origin.key, state.time);
  if (bodyHash === undefined) return undefined;
  return refuse(command, bodyHash === origin.bodyHash ? "REPEATED" : "ID_REUSED");
}
