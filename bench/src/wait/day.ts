import { quantile } from "../report.ts";
import { type Arrival, arrivals } from "./arrivals.ts";
import { firstComeFirstServed, ours, type Policy, seedGreedy, sortAndPair } from "./policies.ts";

const daySecs = 86_400;
const quietest = 0.2;
const busiest = 4;
/** Rating points a second is worth: what a studio chooses. */
const prices = [3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 200, 300, 450];

/** How a policy did on one day. */
export interface DayFigures {
  readonly p95WaitSecs: number;
  readonly meanGap: number;
}

/** Another policy, and ours at the price at which it does best beside it. */
export interface DayComparison {
  readonly peer: DayFigures;
  readonly price: number;
  readonly ours: DayFigures;
  /** Whether ours waits less and is closer. */
  readonly isBetterOnBoth: boolean;
}

/** One synthetic day, busy in the evening and quiet at night: every other policy beside ours. */
export function compareOnOneDay(): Record<string, DayComparison> {
  const stream = oneDay();
  const own = prices.map((price) => {
    const figures = figuresOf(ours({ hold: { kind: "arrivals", pointsPerSecond: price } }), stream);
    return { price, figures };
  });
  const peers: Record<string, Policy> = {
    seed_greedy: seedGreedy,
    first_come_first_served: firstComeFirstServed,
    sort_and_pair: sortAndPair,
  };
  return Object.fromEntries(
    Object.entries(peers).map(([name, policy]) => {
      const peer = figuresOf(policy, stream);
      const byLoss = [...own].sort((left, right) => loss(left.figures, peer) - loss(right.figures, peer));
      const { price, figures } = byLoss[0];
      return [name, { peer, price, ours: figures, isBetterOnBoth: loss(figures, peer) < 1 }];
    }),
  );
}

/** The worse of both axes, as a part of the peer's. */
function loss(own: DayFigures, peer: DayFigures): number {
  return Math.max(own.p95WaitSecs / peer.p95WaitSecs, own.meanGap / peer.meanGap);
}

function oneDay(): Arrival[] {
  const mean = (quietest + busiest) / 2;
  const swing = (busiest - quietest) / 2;
  return arrivals({
    count: Math.floor(mean * daySecs),
    seed: 5,
    rateMax: busiest,
    rateAt: (at) => mean - swing * Math.cos((2 * Math.PI * at) / daySecs),
  });
}

function figuresOf(policy: Policy, stream: readonly Arrival[]): DayFigures {
  const played = policy(stream);
  const waits = played.flatMap(({ waits: both }) => both).sort((left, right) => left - right);
  const gaps = played.reduce((sum, { gap }) => sum + gap, 0);
  return { p95WaitSecs: quantile(waits, 0.95), meanGap: gaps / played.length };
}
