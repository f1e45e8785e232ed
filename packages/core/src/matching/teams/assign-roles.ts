import type { RoleCount } from "./team-format.ts";

/** Who plays which role in one team. */
export interface RoleAssignment {
  /** By player, the place of the role among the format's. */
  readonly roles: readonly number[];
  /** How far from their first choice the players are, in all. */
  readonly steps: number;
}

/** Larger than any sum of steps. */
const refused = 1e6;

/**
 * Gives the players of a team its roles so that they are as near to their first choices as can be: a minimum-cost
 * assignment by augmenting paths (Kuhn and Munkres). Null when a player is left without a role they accept.
 *
 * @param players the roles each accepts, the best first; empty: any. As many players as the roles' counts sum up to.
 * @example
 * assignRoles([["tank"], ["tank", "healer"]], [{ role: "tank", count: 1 }, { role: "healer", count: 1 }]);
 */
export function assignRoles(
  players: readonly (readonly string[])[],
  roles: readonly RoleCount[],
): RoleAssignment | null {
  const roleOfSlot = roles.flatMap(({ count }, role) => Array.from({ length: count }, () => role));
  const costs = players.map((accepted) => roles.map(({ role }) => stepsTo(role, accepted)));
  const playerOfSlot = assign(players.length, (player, slot) => costs[player][roleOfSlot[slot]]);
  const assigned = players.map(() => 0);
  let steps = 0;
  for (const [slot, player] of playerOfSlot.entries()) {
    assigned[player] = roleOfSlot[slot];
    steps += costs[player][roleOfSlot[slot]];
  }
  return steps < refused ? { roles: assigned, steps } : null;
}

/** How far down a player's list a role is. */
export function stepsTo(role: string, accepted: readonly string[]): number {
  if (accepted.length === 0) return 0;
  const steps = accepted.indexOf(role);
  return steps < 0 ? refused : steps;
}

/** The cheapest one-to-one assignment of rows to as many columns, as the row of each column. */
function assign(size: number, costOf: (row: number, column: number) => number): number[] {
  const rowPrice = new Float64Array(size + 1);
  const columnPrice = new Float64Array(size + 1);
  /** Rows and columns count from 1 in here; column 0 holds the row that looks for a place. */
  const rowOf = new Int32Array(size + 1);
  const cameFrom = new Int32Array(size + 1);
  const slack = new Float64Array(size + 1);
  const isSeen = new Uint8Array(size + 1);
  for (let row = 1; row <= size; row += 1) {
    rowOf[0] = row;
    slack.fill(Number.POSITIVE_INFINITY);
    isSeen.fill(0);
    let column = 0;
    while (rowOf[column] !== 0) {
      isSeen[column] = 1;
      const from = rowOf[column];
      let [nearest, least] = [0, Number.POSITIVE_INFINITY];
      for (let next = 1; next <= size; next += 1) {
        if (isSeen[next] === 1) continue;
        const cost = costOf(from - 1, next - 1) - rowPrice[from] - columnPrice[next];
        if (cost < slack[next]) {
          slack[next] = cost;
          cameFrom[next] = column;
        }
        if (slack[next] < least) [nearest, least] = [next, slack[next]];
      }
      for (let seen = 0; seen <= size; seen += 1) {
        if (isSeen[seen] === 1) {
          rowPrice[rowOf[seen]] += least;
          columnPrice[seen] -= least;
        } else slack[seen] -= least;
      }
      column = nearest;
    }
    for (; column !== 0; column = cameFrom[column]) rowOf[column] = rowOf[cameFrom[column]];
  }
  return Array.from(rowOf.subarray(1), (row) => row - 1);
}
