import { rulesProblems } from "../../rules/rules-problems.ts";
import type { RulesConfigure } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import type { State } from "../state.ts";
import { refuse } from "./refuse.ts";

/** Every node switches rules at this position; live matches keep the version they were made under. */
export function decideConfigure(state: State, command: RulesConfigure): KernelEvent[] {
  if (rulesProblems(command.rules).length > 0) return refuse(command, "INVALID_CONFIGURATION");
  const kept = new Set(command.rules.modes.map((mode) => mode.id));
  const events: KernelEvent[] = [
    { type: "rules.configured", version: state.rulesVersion + 1, rules: command.rules },
  ];
  for (const ticket of state.tickets.values()) {
    if (ticket.state !== "waiting") continue;
    if (ticket.standings.every((standing) => kept.has(modeIdOf(standing.pool)))) continue;
    events.push({
      type: "ticket.ended",
      ticket: ticket.id,
      players: ticket.playerIds,
      reason: "mode_removed",
    });
  }
  return events;
}

function modeIdOf(pool: string): string {
  const colon = pool.indexOf(":");
  return colon < 0 ? pool : pool.slice(0, colon);
}
