import type { PlayerId, RegionLatency } from "@matchforge/core";
import type { Random } from "../../time/random.ts";
import { normalDraw, skillDraw, weightedDraw } from "./draws.ts";
import type { TrafficModel } from "./traffic-model.ts";

/** Somebody who plays. Skill and rating are points above a mode's initial rating. */
export interface Person {
  readonly id: PlayerId;
  readonly skill: number;
  readonly rating: number;
  /** The roles they accept, the best first; empty: any. */
  readonly roles: readonly string[];
}

/** Players who queue as one, over and over. */
export interface Party {
  readonly people: readonly Person[];
  readonly latencies: readonly RegionLatency[] | null;
}

/** Draws parties that nobody has seen before. */
export class PartyMaker {
  readonly #model: TrafficModel;
  readonly #random: Random;
  readonly #roles: readonly (readonly [string, number])[];
  readonly #regionShares: readonly number[];
  #people = 0;

  constructor(model: TrafficModel, random: Random) {
    this.#model = model;
    this.#random = random;
    this.#roles = Object.entries(model.roles);
    this.#regionShares = model.regions.map(({ share }) => share);
  }

  /** A new party of so many players. */
  make(size: number): Party {
    const leader = this.#person(null);
    const people = [leader];
    while (people.length < size) people.push(this.#person(leader));
    return { people, latencies: this.#latencies() };
  }

  #person(leader: Person | null): Person {
    const { skills, newcomers, ratingError, parties } = this.#model;
    const random = this.#random;
    this.#people += 1;
    const id: PlayerId = `player_${this.#people}`;
    const roles = this.#acceptedRoles();
    if (random.chance(newcomers.share)) {
      const skill = newcomers.middle + newcomers.spread * normalDraw(random);
      return { id, skill, rating: 0, roles };
    }
    const skill =
      leader === null ? skillDraw(random, skills) : leader.skill + parties.spread * normalDraw(random);
    return { id, skill, rating: skill + ratingError * normalDraw(random), roles };
  }

  /** In an order of their own; whoever would accept none takes any. */
  #acceptedRoles(): readonly string[] {
    if (this.#roles.length === 0) return anyRole;
    const accepted = this.#roles.filter(([, share]) => this.#random.chance(share)).map(([role]) => role);
    for (let place = accepted.length - 1; place > 0; place -= 1) {
      const other = this.#random.between(0, place);
      [accepted[place], accepted[other]] = [accepted[other], accepted[place]];
    }
    return accepted;
  }

  #latencies(): readonly RegionLatency[] | null {
    const { regions } = this.#model;
    if (regions.length === 0) return null;
    const { latencyMs, jitter } = regions[weightedDraw(this.#random, this.#regionShares)];
    return Object.entries(latencyMs).map(([region, meanMs]) => {
      const factor = 1 + jitter * (2 * this.#random.fraction() - 1);
      return { region, latencyMs: Math.round(meanMs * factor) };
    });
  }
}

const anyRole: readonly string[] = [];
