import type { PlayerId } from "../../ids.ts";
import { noPlugins, type Plugins } from "../../plugins/plugins.ts";
import { reviveRules } from "../../rules/revive-rules.ts";
import type { Rules } from "../../rules/rules.ts";
import { rulesProblems } from "../../rules/rules-problems.ts";
import type { RulesConfigure } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import { isOffered } from "../lookups.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";
import { refuse } from "./refuse.ts";

/** A node brings its rules along. Those of an operator give way to an operator alone: any node may lead next. */
export function decideConfigure(state: State, command: RulesConfigure): KernelEvent[] {
  if (state.rulesBy !== undefined) return refuse(command, "INVALID_STATE");
  const events = configured(state, command.rules);
  return typeof events === "string" ? refuse(command, events) : events;
}

/** Every node switches rules at this position; live matches keep the version they were made under. */
export function configured(state: State, given: Rules, by?: PlayerId): KernelEvent[] | RefusalCode {
  if (!areUsable(given, state.plugins)) return "INVALID_CONFIGURATION";
  const rules = reviveRules(given);
  const version = state.rulesVersion + 1;
  const events: KernelEvent[] = [
    { type: "rules.configured", version, rules, ...(by !== undefined && { by }) },
  ];
  for (const ticket of state.tickets.values()) {
    if (ticket.state !== "waiting") continue;
    if (isOffered(state, ticket, rules)) continue;
    events.push({
      type: "ticket.ended",
      ticket: ticket.id,
      players: ticket.playerIds,
      reason: "mode_removed",
    });
  }
  return events;
}

/**
 * Whether a shard takes rules: nothing is wrong with them, and the game brought along what they name.
 *
 * @throws TypeError for what has not the shape of rules.
 * @example
 * areUsable(defineRules({ modes: [defineMode({ id: "quick", matcher: "mine" })] })); // false
 */
export function areUsable(rules: Rules, plugins: Plugins = noPlugins): boolean {
  return rulesProblems(rules).length === 0 && areKnown(plugins, rules);
}

/** Rules that name what the game did not bring along cannot be used. */
function areKnown(plugins: Plugins, { modes }: Rules): boolean {
  return modes.every(({ rating, partyRating, matcher, teamAssigner }) => {
    const former = [matcher, teamAssigner].filter((name) => name !== null);
    if (!former.every((name) => plugins.matching.has(name))) return false;
    if (rating?.system === "custom" && !plugins.ratings.has(rating.name)) return false;
    return partyRating.strategy !== "custom" || plugins.partyRatings.has(partyRating.name);
  });
}
