import type { ModeRules } from "@matchforge/core";

/** Why a mode is left out of a run; null when it is not. */
export function reasonToSkip(mode: ModeRules): string | null {
  if (!mode.enabled) return "switched off (enabled = false)";
  if (!mode.available) return "not on offer (available = false)";
  if (mode.round !== null) return "played in rounds, whose registration is not simulated";
  const plugin = pluginOf(mode);
  return plugin === null ? null : `its ${plugin} is the game's own, which is not here`;
}

function pluginOf({ matcher, teamAssigner, rating, partyRating }: ModeRules): string | null {
  if (matcher !== null) return "matcher";
  if (teamAssigner !== null) return "team assigner";
  if (rating?.system === "custom") return "rating system";
  return partyRating.strategy === "custom" ? "party rating" : null;
}
