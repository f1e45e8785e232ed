import { duelSearch, type PoolStanding, type TeamFormat, wishesOf } from "@matchforge/core";
import { gaussian, randomFrom } from "../pairs/population.ts";

/** 5v5 with one tank, one healer and three damage dealers a team. */
export const format: TeamFormat = {
  teams: [
    { min: 5, max: 5 },
    { min: 5, max: 5 },
  ],
  sizeDifferenceMax: 0,
  roles: [
    { role: "tank", count: 1 },
    { role: "healer", count: 1 },
    { role: "dps", count: 3 },
  ],
};

/** The moment the waves look at the population, and the rules they go by. */
export const wavesAt = 90_000;
export const search = duelSearch;

/** Of a hundred tickets so many are of one player, of two, and so on. */
const sizeShares = [65, 20, 8, 3, 4];
/** Of a hundred lone players so many like one role best. */
const roleShares = { tank: 15, healer: 20, dps: 65 };
/** Of a hundred players so many accept one role, two, three. */
const acceptedShares = [50, 30, 20];
const seats = ["tank", "healer", "dps", "dps", "dps"];
const roleNames = ["tank", "healer", "dps"];

/**
 * Waiting tickets of at least so many players, in the order of their arrival over the last 90 seconds: ratings
 * N(1500, 300), within a party about 60 apart. The members of a party like roles that go together best.
 */
export function teamPopulation(players: number, seed = 11): PoolStanding[] {
  const draw = new Draw(seed);
  const standings: PoolStanding[] = [];
  for (let count = 0; count < players; count += standings[standings.length - 1].playerIds.length) {
    standings.push(draw.ticket(standings.length, Math.floor((count * 90_000) / players)));
  }
  return standings;
}

/** Draws tickets from one stream of numbers. */
class Draw {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  ticket(number: number, enqueuedAt: number): PoolStanding {
    const id = number.toString(36).padStart(8, "0");
    const size = this.#placeIn(sizeShares) + 1;
    const mean = 1500 + 300 * gaussian(this.#random);
    const ratings = Array.from({ length: size }, () =>
      Math.round(size === 1 ? mean : mean + 60 * gaussian(this.#random)),
    );
    return {
      ticketId: `ticket_${id}`,
      playerIds: ratings.map((_, place) => `player_${id}${place}` as const),
      rating: ratings.reduce((sum, rating) => sum + rating, 0) / size,
      enqueuedAt,
      orderAt: enqueuedAt,
      eligibleAt: enqueuedAt,
      draw: Math.floor(this.#random() * 0x1_0000_0000) | 0,
      memberRatings: size === 1 ? null : ratings,
      wishes: wishesOf({ roles: this.#rolesOf(size) }),
      recentOpponents: [],
      slot: -1,
    };
  }

  #rolesOf(size: number): string[][] {
    if (size === 1) return [this.#accepted(roleNames[this.#placeIn(Object.values(roleShares))])];
    const free = [...seats];
    return Array.from({ length: size }, () => {
      const [role] = free.splice(Math.floor(this.#random() * free.length), 1);
      return this.#accepted(role);
    });
  }

  /** The roles that somebody who likes one best accepts. */
  #accepted(first: string): string[] {
    const others = roleNames.filter((role) => role !== first);
    if (this.#random() < 0.5) others.reverse();
    return [first, ...others].slice(0, this.#placeIn(acceptedShares) + 1);
  }

  #placeIn(shares: readonly number[]): number {
    let left = this.#random() * 100;
    const place = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return place < 0 ? shares.length - 1 : place;
  }
}
