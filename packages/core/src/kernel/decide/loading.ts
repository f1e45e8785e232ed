import type { MatchLoadedCommand } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import type { State } from "../state.ts";
import { memberOf } from "./match.ts";
import { refuse } from "./refuse.ts";

/** A client has loaded the game; saying so twice changes nothing. */
export function decideLoaded(state: State, command: MatchLoadedCommand): KernelEvent[] {
  const member = memberOf(state, command);
  if (typeof member === "string") return refuse(command, member);
  const { match, own } = member;
  const { phase } = match;
  if (phase.state !== "PREPARING" && phase.state !== "READY") return refuse(command, "INVALID_STATE");
  if (own.loaded) return [];
  if (phase.state !== "PREPARING" || !phase.pending?.includes("loading"))
    return refuse(command, "INVALID_STATE");
  const { players } = match;
  return [
    {
      type: "match.loaded",
      match: match.id,
      player: own.id,
      loaded: players.filter(({ loaded }) => loaded).length + 1,
      total: players.length,
      ...(command.origin !== undefined && { origin: command.origin }),
    },
  ];
}
