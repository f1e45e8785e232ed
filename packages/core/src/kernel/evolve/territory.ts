import type { MatchId } from "../../ids.ts";
import type { TerritoryFreed, TerritoryTaken } from "../events.ts";
import type { Match, Territory } from "../model.ts";
import type { State } from "../state.ts";
import { territoryKeyOf } from "../territories.ts";

export function taken(state: State, { mode, territory, crew }: TerritoryTaken): void {
  territoryIn(state, mode, territory).owner = crew;
}

export function freed(state: State, { mode, territory: name }: TerritoryFreed): void {
  const territory = territoryIn(state, mode, name);
  territory.owner = null;
  forgetIfFree(state, territory);
}

/** A match about a territory has begun to be: both crews and the territory know of it. */
export function openContest(state: State, { id, mode, contest }: Match): void {
  if (contest === null) return;
  const territory = territoryIn(state, mode, contest.territory);
  territory.contests = [...territory.contests, id];
  for (const crewId of contest.crews) {
    const crew = state.crews.get(crewId);
    if (crew !== undefined) crew.contests = [...crew.contests, id];
  }
}

/** It is decided, or called off. */
export function closeContest(state: State, { id, mode, contest }: Match): void {
  const territory =
    contest === null ? undefined : state.territories.get(territoryKeyOf(mode, contest.territory));
  if (contest === null || territory === undefined || !territory.contests.includes(id)) return;
  territory.contests = without(territory.contests, id);
  forgetIfFree(state, territory);
  for (const crewId of contest.crews) {
    const crew = state.crews.get(crewId);
    if (crew !== undefined) crew.contests = without(crew.contests, id);
  }
}

function without(contests: readonly MatchId[], id: MatchId): readonly MatchId[] {
  return contests.filter((other) => other !== id);
}

function territoryIn(state: State, mode: string, name: string): Territory {
  const key = territoryKeyOf(mode, name);
  const known = state.territories.get(key);
  if (known !== undefined) return known;
  const territory: Territory = { mode, name, owner: null, contests: [] };
  state.territories.set(key, territory);
  return territory;
}

/** A territory that is nobody's and that nobody fights for is as if it had never been heard of. */
function forgetIfFree(state: State, { mode, name, owner, contests }: Territory): void {
  if (owner === null && contests.length === 0) state.territories.delete(territoryKeyOf(mode, name));
}
