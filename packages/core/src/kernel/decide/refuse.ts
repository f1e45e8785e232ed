import type { PlayerId } from "../../ids.ts";
import type { Command, RequestOrigin } from "../commands.ts";
import type { KernelEvent, Refused } from "../events.ts";
import type { RefusalCode } from "../refusals.ts";

/** The one event of a refused command: data, with the command's player and id; the state stays. */
export function refuse(command: Command, code: RefusalCode, until?: number): KernelEvent[] {
  const refused: Mutable<Refused> = { type: "refused", code, command: command.type };
  const { player, origin } = command as { player?: PlayerId; origin?: RequestOrigin };
  if (player !== undefined) refused.player = player;
  if (origin !== undefined) refused.origin = origin;
  if (until !== undefined) refused.until = until;
  return [refused];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
