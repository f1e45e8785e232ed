import { cancelMatch } from "../decide/cancel.ts";
import { leaveSiege } from "../decide/siege.ts";
import type { KernelEvent } from "../events.ts";
import { isPresent } from "../lookups.ts";
import type { Match } from "../model.ts";
import { preparing } from "../prepare.ts";
import { type Siege, sidesOf } from "../sieges.ts";
import type { State } from "../state.ts";
import { takenBy } from "../take-territory.ts";

/**
 * The time to gather is over. Attackers who did not come have lost nothing but the occasion; an owner who did not come
 * has lost the territory without a fight. Else the fight is on, with sides that differ no more than they may.
 */
export function expireSiege(state: State, match: Match, { rules }: Siege): KernelEvent[] {
  const { membersMin, sideDifferenceMax } = rules;
  const [attackers, owners] = sidesOf(match.players);
  if (attackers.length < membersMin) return [calledOff(state, match, "too_few_players")];
  if (owners.length < membersMin) return [...takenBy(state, match, 0), calledOff(state, match, "undefended")];
  // Who disconnects leaves: whoever is in it and not there was cut off by a fault of ours.
  const here = [attackers, owners].map((side) => side.filter(({ id }) => isPresent(state, id)));
  const fewest = Math.min(...here.map(({ length }) => length));
  if (fewest < membersMin) return [calledOff(state, match, "server_fault")];
  const staying = here.flatMap((side) => side.slice(0, fewest + sideDifferenceMax));
  const released = match.players.filter((player) => !staying.includes(player));
  return [
    ...released.map((player) => leaveSiege(match, player, { reason: "released" })),
    preparing(state, match, staying),
  ];
}

function calledOff(state: State, match: Match, reason: "too_few_players" | "undefended" | "server_fault") {
  return cancelMatch(state, match, { reason, offenders: [] });
}
