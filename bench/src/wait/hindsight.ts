import blossom from "edmonds-blossom";
import type { Arrival } from "./arrivals.ts";

/** Edges of each player: to the cheapest that come later. More change nothing (see `edgesEnough`). */
const edgesPerPlayer = 16;
const unit = 100;
const heavy = 10_000_000;

/**
 * The least cost per match that anybody could reach who knew all arrivals beforehand: each pair plays the
 * moment its second player comes, so a match costs gap + price × the time between the two, and the cheapest
 * pairing of all is a minimum-cost perfect matching (Edmonds, 1965).
 *
 * @param options.price rating points that a second of one player's wait is worth.
 */
export function hindsightCost(options: {
  readonly stream: readonly Arrival[];
  readonly price: number;
  readonly edges?: number;
}): number {
  const { stream, price, edges = edgesPerPlayer } = options;
  const partners = blossom(edgesOf(stream, price, edges), true);
  let cost = 0;
  let matches = 0;
  for (const [player, partner] of partners.entries()) {
    if (partner <= player) continue;
    cost += costOf(stream[player], stream[partner], price);
    matches += 1;
  }
  return cost / matches;
}

function edgesOf(stream: readonly Arrival[], price: number, count: number): [number, number, number][] {
  const edges: [number, number, number][] = [];
  for (const [place, player] of stream.entries()) {
    const near: { other: number; cost: number }[] = [];
    let worst = Number.POSITIVE_INFINITY;
    for (let other = place + 1; other < stream.length; other += 1) {
      if (price * (stream[other].at - player.at) > worst) break;
      near.push({ other, cost: costOf(player, stream[other], price) });
      if (near.length < 4 * count) continue;
      near.sort((left, right) => left.cost - right.cost).length = count;
      worst = near[count - 1].cost;
    }
    near.sort((left, right) => left.cost - right.cost);
    for (const { other, cost } of near.slice(0, count))
      edges.push([place, other, heavy - Math.round(unit * cost)]);
  }
  return edges;
}

function costOf(first: Arrival, second: Arrival, price: number): number {
  return Math.abs(first.rating - second.rating) + price * Math.abs(first.at - second.at);
}
