import {
  costSecsOf,
  type FormedMatch,
  type MatcherPropose,
  type RoundFill,
  type State,
} from "@matchforge/core";
import { duelCommitment } from "../dice/duel-text.ts";
import type { Dice, Ids } from "../ports.ts";
import type { WatchedPool } from "./watched-pools.ts";

/** The commands that propose the matches of one wave, in order. */
export function proposalsOf(
  matches: readonly FormedMatch[],
  wave: {
    readonly watched: WatchedPool;
    readonly state: State;
    readonly at: number;
    readonly secretEpoch: number;
    readonly dice: Dice;
    readonly ids: Ids;
  },
): (MatcherPropose | RoundFill)[] {
  const { state, at, watched, secretEpoch, dice, ids } = wave;
  const { pool, mode } = watched;
  return matches.map((formed, place) => {
    const { costs, ratingGap, considered, rejected, roles, round } = formed;
    const match = round?.match ?? ids.next("match");
    const basis = { position: state.position, at, wave: formed.wave, place };
    const typed = mode.game === "typing_duel";
    const draw = dice.draw({ epoch: secretEpoch, purpose: "map", id: match });
    const proposal = {
      term: state.term,
      match,
      pool: pool.key,
      rulesVersion: state.rulesVersion,
      ...(mode.maps.length > 0 && { map: mapFor(mode.maps, draw) }),
      quality: { costSecs: costSecsOf(costs), costs, ratingGap, considered, rejected, basis },
      secretEpoch,
      commitment: typed ? duelCommitment(dice, { id: match, secretEpoch, tier: pool.tier }) : null,
    };
    const teams = formed.teams.map((team) => team.map(({ ticketId }) => ticketId));
    if (round !== undefined) return { type: "round.fill", ...proposal, tickets: teams.flat() };
    return { type: "matcher.propose", ...proposal, teams, ...(roles !== undefined && { roles }) };
  });
}

function mapFor(maps: readonly string[], draw: string): string {
  return maps[Number.parseInt(draw.slice(0, 8), 16) % maps.length];
}
