import { memberRoles, type Standing } from "../standing.ts";
import type { FillTable } from "./fill-table.ts";

/** Tickets that fill teams alike. */
export interface Kind {
  readonly id: number;
  /** How many players. */
  readonly size: number;
  /** What such a ticket can add to a team, one for each way to give its members roles. Empty: it never fits. */
  readonly additions: readonly number[];
}

/** Keys are whole numbers up to here, room for the number of players left. */
const keyMax = Number.MAX_SAFE_INTEGER / 256;

/** The kinds of tickets met so far under one format. */
export class Kinds {
  readonly #table: FillTable;
  readonly #roleBits: ReadonlyMap<string, number>;
  /** Any role. */
  readonly #allBits: number;
  readonly #known = new Map<number | string, Kind>();
  readonly #alone: (Kind | undefined)[] = [];
  /** Of the party that is looked at. */
  readonly #bits: number[] = [];
  #count = 0;

  constructor(table: FillTable) {
    this.#table = table;
    this.#roleBits = new Map(table.format.roles.map(({ role }, place) => [role, 1 << place]));
    this.#allBits = (1 << table.team.units.length) - 1;
  }

  /** The kind of a ticket. */
  of(standing: Standing): Kind {
    return this.#kindOf(standing, Number.POSITIVE_INFINITY);
  }

  /** The kind of a ticket whose players have no role but their first choice. */
  ofFirstChoices(standing: Standing): Kind {
    return this.#kindOf(standing, 1);
  }

  #kindOf(standing: Standing, choices: number): Kind {
    const players = standing.playerIds.length;
    if (players === 1) {
      const bits = this.#bitsOf(memberRoles(standing, 0), choices);
      const alone = this.#alone[bits] ?? this.#newKind([bits]);
      this.#alone[bits] = alone;
      return alone;
    }
    this.#bits.length = players;
    for (let place = 0; place < players; place += 1)
      this.#bits[place] = this.#bitsOf(memberRoles(standing, place), choices);
    this.#bits.sort((left, right) => left - right);
    const key = this.#key();
    const known = this.#known.get(key) ?? this.#newKind(this.#bits);
    this.#known.set(key, known);
    return known;
  }

  /** What tells parties with other roles, or of another size, apart. */
  #key(): number | string {
    let key = 0;
    for (const bits of this.#bits) {
      key = key * (this.#allBits + 1) + bits;
      if (key > keyMax) return this.#bits.join();
    }
    return key * 256 + this.#bits.length;
  }

  /** The roles that a player accepts, one bit each. */
  #bitsOf(roles: readonly string[], choices: number): number {
    if (roles.length === 0 || this.#roleBits.size === 0) return this.#allBits;
    let bits = 0;
    for (let place = 0; place < roles.length && place < choices; place += 1)
      bits |= this.#roleBits.get(roles[place]) ?? 0;
    return bits;
  }

  #newKind(members: readonly number[]): Kind {
    const { states, sums, units } = this.#table.team;
    let additions = new Set([0]);
    for (const bits of members) {
      const grown = new Set<number>();
      for (const addition of additions) {
        for (const [role, unit] of units.entries()) {
          const sum = sums[addition * states + unit];
          if (((bits >> role) & 1) === 1 && sum >= 0) grown.add(sum);
        }
      }
      additions = grown;
    }
    const id = this.#count;
    this.#count += 1;
    return { id, size: members.length, additions: [...additions].sort((left, right) => left - right) };
  }
}
