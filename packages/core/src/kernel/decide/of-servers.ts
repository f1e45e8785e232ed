import type { Entry, ServerCommand } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import { levelOfServers, type State } from "../state.ts";
import { decideChoose, decideLent } from "./allocate.ts";
import { decideLoaded } from "./loading.ts";
import { decideAdmit, decideRedeem } from "./match-tickets.ts";
import { refuse } from "./refuse.ts";
import { decideClaim, decideResult, decideStanding } from "./results.ts";
import { decideAlive, decideDown, decideDrain, decideServerUp } from "./servers.ts";

/** What concerns loading, game servers and the results of games played elsewhere: from its level on. */
export function decideOfServers(state: State, entry: Entry, command: ServerCommand): KernelEvent[] {
  if (state.level < levelOfServers) return refuse(command, "LEVEL_NOT_SUPPORTED");
  switch (command.type) {
    case "server.up":
      return decideServerUp(state, entry, command);
    case "server.alive":
      return decideAlive(state, command);
    case "server.drain":
      return decideDrain(state, command);
    case "server.down":
      return decideDown(state, command);
    case "server.choose":
      return decideChoose(state, entry, command);
    case "server.lent":
      return decideLent(state, entry, command);
    case "match.loaded":
      return decideLoaded(state, command);
    case "match.admit":
      return decideAdmit(state, entry.position, command);
    case "match.redeem":
      return decideRedeem(state, command);
    case "match.standing":
      return decideStanding(state, command);
    case "match.result":
      return decideResult(state, command);
    case "match.claim":
      return decideClaim(state, command);
  }
}
