import {
  type Command,
  currentMode,
  type MatchId,
  type ModeRules,
  noQuality,
  openRounds,
  type Pool,
  type State,
  type TicketId,
} from "@matchforge/core";
import type { HostileOptions } from "./hostile-command.ts";

/** Proposals of a matcher that is wrong in one thing and right in all others, so that one guard alone stands against each. */
export function hostileProposals({ random, state }: HostileOptions): readonly Command[] {
  const crowded = [...state.pools.values()].filter(({ index }) => index.size > 0);
  // Whoever queues for a round is taken at once: an attempt on them does not wait for its turn.
  const rounds = crowded.filter((pool) => currentMode(state, pool.mode)?.round != null);
  // And a mode has all the matches that it may have for a moment only.
  const full = crowded.filter(({ mode, index }) => index.size > 1 && isFull(state, mode));
  const pools = full.length > 0 ? full : rounds.length > 0 ? rounds : crowded;
  const pool = pools.length === 0 ? undefined : random.pick(pools);
  const mode = pool && currentMode(state, pool.mode);
  if (pool === undefined || mode === undefined) return [{ type: "node.lead" }];
  const match: MatchId = `match_made_up_${random.uint32()}`;
  const proposal = {
    term: state.term,
    match,
    pool: pool.key,
    rulesVersion: state.rulesVersion,
    quality: noQuality,
    secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
    commitment: mode.game === "typing_duel" ? "0".repeat(64) : null,
    ...(mode.maps.length > 0 && { map: mode.maps[0] }),
  };
  const found = ticketsIn(state, pool);
  return mode.round === null
    ? pairings(state, { ...proposal, mode, ...found })
    : registrations(state, { ...proposal, ...found });
}

function isFull(state: State, mode: string): boolean {
  return (
    (state.liveMatches.get(mode) ?? 0) >=
    (currentMode(state, mode)?.maxLiveMatches ?? Number.POSITIVE_INFINITY)
  );
}

type Proposal = Omit<Extract<Command, { type: "round.fill" }>, "type" | "tickets">;
type Found = ReturnType<typeof ticketsIn>;

function pairings(
  state: State,
  { mode, first, second, near, taken, lowest, highest, ...proposal }: Proposal & Found & { mode: ModeRules },
): readonly Command[] {
  const propose = (teams: readonly (readonly TicketId[])[], change: Partial<Proposal> = {}): Command => {
    const roles = mode.roles.length > 0 && { roles: teams.map(() => mode.roles.map(({ role }) => role)) };
    return { type: "matcher.propose", ...proposal, ...roles, teams, ...change };
  };
  const fair = near.map((ticket) => [ticket]);
  return [
    propose(fair),
    propose(fair, { term: proposal.term - 1 }),
    propose(fair, { match: [...state.matches.keys()][0] ?? proposal.match }),
    propose([[], []]),
    propose([[first], [first]]),
    propose([[first], [taken]]),
    propose([[first, second], []]),
    propose([[lowest], [highest]]),
  ];
}

function registrations(
  state: State,
  { first, second, near, taken, lowest, highest, ...proposal }: Proposal & Found,
): readonly Command[] {
  const open = openRounds(state, proposal.pool)[0]?.match ?? proposal.match;
  const fill = (tickets: readonly TicketId[], change: Partial<Proposal> = {}): Command => {
    return { type: "round.fill", ...proposal, tickets, ...change };
  };
  return [
    fill([first]),
    fill([first], { match: open }),
    fill([lowest], { match: open }),
    fill([highest], { match: open }),
    fill([highest, lowest], { match: open }),
    fill([first], { term: proposal.term - 1 }),
    fill([first, second], { term: proposal.term - 1 }),
    fill(near, { term: proposal.term - 1 }),
    fill([first, first]),
    fill([taken], { match: open }),
  ];
}

/**
 * Who waits first and second, whether or not they may be seen yet; two of nearly one rating; the ends of the ratings; and
 * somebody who is taken.
 */
function ticketsIn(state: State, { index }: Pool) {
  const [first, second = first] = index.byAge.chunks.flat().map(({ ticketId }) => ticketId);
  const standings = index.byRating.chunks.flat();
  const rated = standings.map(({ ticketId }) => ticketId);
  const gaps = standings.slice(1).map(({ rating }, place) => rating - (standings[place]?.rating ?? 0));
  const closest = gaps.indexOf(Math.min(...gaps));
  const near = closest < 0 ? [first, second] : rated.slice(closest, closest + 2);
  const [taken = first] = [...state.matches.values()].flatMap(({ tickets }) => tickets.map(({ id }) => id));
  return { first, second, near, taken, lowest: rated[0] ?? first, highest: rated.at(-1) ?? first };
}
