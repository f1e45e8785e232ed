import type { Match } from "../model.ts";
import type { State } from "../state.ts";
import { territoryKeyOf } from "../territories.ts";

/**
 * Invariant 1 of territories: an owner exists, whoever fights for one is known to it and to both crews until the match is
 * decided, and one siege goes on for it at a time, against its owner.
 */
export function checkTerritories(state: State, broken: string[]): void {
  const live = [...state.matches.values()].filter(
    ({ contest, phase }) => contest !== null && phase.state !== "RESOLVED",
  );
  for (const [key, { mode, name, owner, contests }] of state.territories) {
    if (key !== territoryKeyOf(mode, name)) broken.push(`9: ${key} is kept for ${mode} ${name}`);
    if (owner === null && contests.length === 0) broken.push(`9: ${key} is kept for nothing`);
    if (owner !== null && !state.crews.has(owner)) broken.push(`1: ${owner} owns ${key} but is gone`);
    const own = live.filter((match) => match.mode === mode && match.contest?.territory === name);
    if (!isSame(own, contests)) broken.push(`1: ${key} knows ${contests.length} fights, not ${own.length}`);
    const sieges = own.filter(({ contest }) => contest?.isSiege);
    if (sieges.length > 1) broken.push(`1: ${key} is besieged ${sieges.length} times`);
    if (sieges.some(({ contest }) => contest?.crews[1] !== owner))
      broken.push(`1: ${key} is besieged against ${owner}, who does not defend it`);
  }
  for (const match of live) checkCrewsOf(state, match, broken);
  for (const { id, contests } of state.crews.values()) {
    const own = live.filter(({ contest }) => contest?.crews.includes(id));
    if (!isSame(own, contests)) broken.push(`1: ${id} knows ${contests.length} fights, not ${own.length}`);
    const attacks = own.filter(({ contest }) => contest?.isSiege && contest.crews[0] === id);
    if (attacks.length > 1) broken.push(`1: ${id} besieges ${attacks.length} territories`);
  }
}

function checkCrewsOf(state: State, { id, mode, contest, players }: Match, broken: string[]): void {
  if (contest === null) return;
  const [first, second] = contest.crews;
  if (first === second) broken.push(`1: ${first} fights itself in ${id}`);
  if (!state.territories.has(territoryKeyOf(mode, contest.territory)))
    broken.push(`1: ${id} is about ${contest.territory}, which knows nothing of it`);
  for (const { id: player, ticketId } of players)
    if ((ticketId === null) !== contest.isSiege) broken.push(`2: ${player} came into ${id} by the wrong way`);
}

function isSame(matches: readonly Match[], ids: readonly Match["id"][]): boolean {
  return matches.length === ids.length && matches.every(({ id }) => ids.includes(id));
}
