import { teamSizeOf } from "../rules/format-of.ts";
import type { ModeRules } from "../rules/rules.ts";
import type { Receipt } from "./receipt.ts";

/** How many teams a match may have and how many players each: as far as the rules alone tell. */
export interface TeamBounds {
  readonly teamsMin: number;
  readonly teamsMax: number;
  /** Of the team at a place. */
  readonly sizeOf: (place: number) => { readonly min: number; readonly max: number };
}

/** In a round everybody is a team of their own, and it may be a single one until it begins. */
export function teamBoundsOf({ round, teams, siege }: ModeRules): TeamBounds {
  if (round != null) return { teamsMin: 1, teamsMax: round.playersMax, sizeOf: () => ({ min: 1, max: 1 }) };
  // A siege gathers sides of its own sizes: the wider bounds hold for either.
  const sizes = teams.map(teamSizeOf).map(({ min, max }) => ({
    min: Math.min(min, siege?.membersMin ?? min),
    max: Math.max(max, siege?.membersMax ?? max),
  }));
  return { teamsMin: sizes.length, teamsMax: sizes.length, sizeOf: (place) => sizes[place] };
}

/** Whether as many teams play as the rules have, of tickets that differ, none with more players than fit. */
export function teamsFit({ tickets, rules, own }: Receipt): boolean {
  const { teamsMin, teamsMax, sizeOf } = teamBoundsOf(rules);
  if (tickets.length < teamsMin || tickets.length > teamsMax) return false;
  const hashes = tickets.flat();
  if (new Set(hashes).size !== hashes.length) return false;
  return tickets.every((team, place) => {
    // Every ticket has a player or more; of one's own they are known.
    const more = own?.fact.team === place ? own.fact.players.length - 1 : 0;
    return team.length >= 1 && team.length + more <= sizeOf(place).max;
  });
}
