import { type ModeRules, type Rules, wishesOf } from "@matchforge/core";
import { Random } from "../../time/random.ts";
import type { Arrival } from "../arrival.ts";
import { DailyCurve } from "./daily-curve.ts";
import { exponentialDraw, patienceDraw, weightedDraw } from "./draws.ts";
import { NothingToSimulate } from "./nothing-to-simulate.ts";
import { type Party, PartyMaker } from "./party.ts";
import { placeOf } from "./place-of.ts";
import { type QueueShare, queueShares } from "./queue-shares.ts";
import { ReturningParties } from "./returning-parties.ts";
import type { TrafficModel } from "./traffic-model.ts";

/**
 * So many arrivals drawn from a model. They depend on the model, the modes' formats and the seed alone, never on
 * what becomes of them: runs of one seed under other rules see the same players come, and lose patience, alike.
 *
 * @throws NothingToSimulate when no mode of the rules can be simulated.
 */
export function* syntheticArrivals(options: {
  readonly model: TrafficModel;
  readonly rules: Rules;
  readonly seed: number;
  readonly tickets: number;
}): Generator<Arrival> {
  const { model, rules, seed, tickets } = options;
  const random = new Random(seed);
  const times = arrivalTimes(new DailyCurve(model.arrivals), random.fork());
  const crowd = new Crowd(model, { rules, random: random.fork() });
  const patience = random.fork();
  const draws = random.fork();
  for (let count = 0; count < tickets; count += 1) {
    const at = times();
    const { party, modes } = crowd.next(at);
    yield {
      at,
      players: party.people.map(({ id }) => id),
      places: modes.map(({ mode, tier }) => placeOf(party, { mode, tier })),
      wishes: wishesOfParty(party),
      draw: draws.uint32(),
      leavesAt: at + patienceDraw(patience, model.churn),
    };
  }
}

/** The times of a Poisson process with a changing rate, by thinning (Lewis and Shedler, 1979), in whole ms. */
function arrivalTimes(curve: DailyCurve, random: Random): () => number {
  let at = 0;
  return () => {
    do at += exponentialDraw(random) / curve.perMsMax;
    while (random.fraction() * curve.perMsMax >= curve.perMsAt(at));
    return Math.floor(at);
  };
}

interface Visit {
  readonly party: Party;
  readonly modes: readonly { readonly mode: ModeRules; readonly tier: string | null }[];
}

/** Says who comes, and what for. */
class Crowd {
  readonly #model: TrafficModel;
  readonly #queues: readonly QueueShare[];
  readonly #shares: readonly number[];
  readonly #random: Random;
  readonly #maker: PartyMaker;
  readonly #returning: ReturningParties;

  constructor(model: TrafficModel, { rules, random }: { readonly rules: Rules; readonly random: Random }) {
    this.#model = model;
    this.#queues = queueShares(model, rules);
    if (this.#queues.length === 0)
      throw new NothingToSimulate("No mode of these rules that tickets come for can be simulated.");
    this.#shares = this.#queues.map(({ share }) => share);
    this.#random = random.fork();
    this.#maker = new PartyMaker(model, random.fork());
    this.#returning = new ReturningParties(model.returning, random.fork());
  }

  next(at: number): Visit {
    const queue = this.#queues[weightedDraw(this.#random, this.#shares)];
    const size = weightedDraw(this.#random, queue.sizes) + 1;
    const back = this.#returning.next(at);
    const fits = back !== null && (queue.sizes[back.people.length - 1] ?? 0) > 0;
    const party = fits ? back : this.#maker.make(size);
    this.#returning.remember(party, at);
    return { party, modes: queue.modes.map((mode) => ({ mode, tier: this.#tier(mode) })) };
  }

  #tier({ stakes }: ModeRules): string | null {
    if (stakes.length === 0) return null;
    const shares = stakes.map(({ tier }) => this.#model.tiers[tier] ?? 1);
    return stakes[weightedDraw(this.#random, shares)].tier;
  }
}

function wishesOfParty({ people, latencies }: Party): Arrival["wishes"] {
  const hasRoles = people.some(({ roles }) => roles.length > 0);
  if (latencies === null && !hasRoles) return wishesOf(undefined);
  return wishesOf({ latencies, roles: hasRoles ? people.map(({ roles }) => roles) : [] });
}
