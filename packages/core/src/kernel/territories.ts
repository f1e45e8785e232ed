import type { CrewId } from "../ids.ts";
import type { TerritoryFreed } from "./events.ts";
import type { Match, Territory } from "./model.ts";
import type { State } from "./state.ts";

/**
 * The key of a mode's territory; a mode's id has no colon in it.
 *
 * @example
 * territoryKeyOf("siege", "north"); // "siege:north"
 */
export function territoryKeyOf(mode: string, territory: string): string {
  return `${mode}:${territory}`;
}

/**
 * Who owns a territory; null: nobody.
 *
 * @example
 * ownerOf(createState(), "siege", "north"); // null
 */
export function ownerOf(state: State, mode: string, territory: string): CrewId | null {
  return state.territories.get(territoryKeyOf(mode, territory))?.owner ?? null;
}

/** The siege that goes on for a territory. */
export function siegeOf(state: State, { contests }: Pick<Territory, "contests">): Match | undefined {
  return contests.map((id) => state.matches.get(id)).find((match) => match?.contest?.isSiege);
}

/** The siege in which a crew attacks. */
export function attackOf(state: State, crew: CrewId): Match | undefined {
  const contests = state.crews.get(crew)?.contests ?? [];
  return contests
    .map((id) => state.matches.get(id))
    .find((match) => match?.contest?.isSiege && match.contest.crews[0] === crew);
}

/** What a crew that is no more leaves to nobody. */
export function freedBy(state: State, crew: CrewId): TerritoryFreed[] {
  return [...state.territories.values()]
    .filter(({ owner }) => owner === crew)
    .map(({ mode, name }) => ({ type: "territory.freed", mode, territory: name, from: crew }));
}
