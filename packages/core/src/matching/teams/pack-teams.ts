import type { FillTable } from "./fill-table.ts";
import type { SplitTicket } from "./split-ticket.ts";
import { alikeTeamsOf } from "./team-format.ts";

/** How a ticket leads from one state of the teams to the next. */
interface Step {
  readonly from: number;
  readonly addition: number;
  /** The team it joins, as the state counts them. */
  readonly team: number;
}

/**
 * Puts all of some tickets on teams, sizes and roles exact, whatever it costs; null when that cannot be. It notes
 * every state of the teams that the tickets so far can reach, so it takes no longer for many tickets than there are states.
 */
export function packTeams(tickets: readonly SplitTicket[], table: FillTable): Uint8Array | null {
  const layers: Map<number, Step>[] = [];
  let states: Iterable<number> = [0];
  for (const { ways } of tickets) {
    const additions = ways.filter((_, place) => place % 2 === 0);
    const layer = stepsFrom(states, additions, table);
    layers.push(layer);
    states = layer.keys();
  }
  for (const state of states) if (table.isFull[state] === 1) return teamsOf(pathTo(state, layers), table);
  return null;
}

function stepsFrom(
  states: Iterable<number>,
  additions: readonly number[],
  table: FillTable,
): Map<number, Step> {
  const { moves, team: own, teams } = table;
  const layer = new Map<number, Step>();
  for (const from of states) {
    for (const addition of additions) {
      const row = (from * own.states + addition) * teams;
      for (let team = 0; team < teams; team += 1) {
        const next = moves[row + team];
        if (next >= 0 && !layer.has(next)) layer.set(next, { from, addition, team });
      }
    }
  }
  return layer;
}

function pathTo(state: number, layers: readonly Map<number, Step>[]): Step[] {
  const path: Step[] = [];
  for (const layer of layers.toReversed()) {
    const step = layer.get(state) as Step;
    path.push(step);
    state = step.from;
  }
  return path.reverse();
}

/** States keep teams alike sorted by what they have, so the team that a step means is found by sorting again. */
function teamsOf(path: readonly Step[], { format, teams, team: { sums, states } }: FillTable): Uint8Array {
  const fill = new Int32Array(teams);
  const runs = alikeTeamsOf(format);
  return Uint8Array.from(path, ({ addition, team }) => {
    const run = runs.find(({ from, to }) => team >= from && team < to) ?? { from: 0, to: teams };
    const alike = Array.from({ length: run.to - run.from }, (_, place) => run.from + place);
    alike.sort((left, right) => fill[left] - fill[right] || left - right);
    const joined = alike[team - run.from];
    fill[joined] = sums[fill[joined] * states + addition];
    return joined;
  });
}
