import type { MatcherPropose } from "../kernel/commands.ts";
import { matchesMaxOf, standingIn } from "../kernel/lookups.ts";
import type { State } from "../kernel/state.ts";
import type { FormedMatch } from "../matching/formed-match.ts";
import type { Standing } from "../matching/standing.ts";
import type { ModeRules } from "../rules/rules.ts";
import type { MatchingPlugins } from "./matcher.ts";
import { wavesOf } from "./waves-of.ts";

/** A search that was cut short went on with the next waves; so many of them are followed. */
const roundsMax = 8;

/**
 * Forms a match again from the state its wave saw, and returns what comes of it: the same tickets on the same
 * teams, unless the matcher was another or the proposal was not what it claims to be. Undefined: no such match is formed.
 *
 * @param state the state at the position of the proposal's basis; it is only read.
 * @param options.skip tickets that were proposed already when the wave ran.
 * @example
 * const again = formAgain(state, proposal, { mode, skip: (standing) => proposed.has(standing.ticketId) });
 */
export function formAgain(
  state: State,
  proposal: MatcherPropose,
  options: {
    readonly mode: ModeRules;
    readonly skip: (standing: Standing) => boolean;
    readonly budget: number;
    readonly plugins?: MatchingPlugins;
  },
): FormedMatch | undefined {
  const pool = state.pools.get(proposal.pool);
  const tickets = proposal.teams.flat().map((id) => state.tickets.get(id));
  if (pool === undefined || !tickets.every((ticket) => ticket !== undefined)) return undefined;
  const { mode, skip, budget, plugins } = options;
  const { wave, at } = proposal.quality.basis;
  const matchesMax = matchesMaxOf(state, mode);
  const run = (seed: Standing | null) => {
    const waves = wavesOf(mode, pool, plugins);
    if (seed === null) waves.startOver();
    else waves.touch(seed);
    for (let round = 0; round < roundsMax; round += 1) {
      const formed = waves.run({ now: round, at, matchesMax, budget, skip });
      if (formed.length > 0) return formed.find((one) => isSame(one, proposal));
    }
    return undefined;
  };
  if (wave === "pool") return run(null);
  for (const ticket of tickets) {
    const seed = standingIn(ticket, pool.key);
    const formed = seed && run(seed);
    if (formed !== undefined) return formed;
  }
  return undefined;
}

/** Whether the same tickets stand on the same teams. */
function isSame({ teams }: FormedMatch, proposal: MatcherPropose): boolean {
  return (
    JSON.stringify(teams.map((team) => team.map(({ ticketId }) => ticketId))) ===
    JSON.stringify(proposal.teams)
  );
}
