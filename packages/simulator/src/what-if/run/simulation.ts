import {
  costSecsOf,
  DeadlineHeap,
  type FormedMatch,
  fitsAsTicket,
  hasTier,
  type ModeRules,
  type PlayerId,
  poolKeyOf,
  type Rules,
  type TicketId,
} from "@matchforge/core";
import type { Arrival } from "../arrival.ts";
import { favouriteChance } from "../outcomes/favourite.ts";
import { ModeOutcomes } from "../outcomes/mode-outcomes.ts";
import type { LiveTicket } from "./live-ticket.ts";
import { reasonToSkip } from "./reason-to-skip.ts";
import { RecentOpponents } from "./recent-opponents.ts";
import { SimulatedPool } from "./simulated-pool.ts";
import { type Entrance, standingsOf } from "./standings-of.ts";

/** Told of every match as it is formed. */
export type MatchListener = (match: {
  readonly mode: string;
  readonly at: number;
  /** By team, its tickets as numbers of their arrivals, from 0. */
  readonly teams: readonly (readonly number[])[];
}) => void;

/**
 * The tickets of a shard in virtual time: pools, their waves as the matcher runs them, and everything that ends a
 * ticket. Every match is accepted by all and played elsewhere: no kernel, no ready check, no ratings that move.
 */
export class Simulation {
  readonly outcomes: ReadonlyMap<string, ModeOutcomes>;
  readonly #modes: ReadonlyMap<string, ModeRules>;
  readonly #pools = new Map<string, SimulatedPool>();
  /** In the order in which the matcher runs them. */
  #poolsByPriority: SimulatedPool[] = [];
  readonly #endings = new DeadlineHeap<LiveTicket>();
  readonly #tickets = new Map<TicketId, LiveTicket>();
  readonly #waiting = new Set<PlayerId>();
  readonly #opponents: RecentOpponents;
  readonly #onMatch: MatchListener | undefined;
  #arrived = 0;

  constructor(rules: Rules, onMatch?: MatchListener) {
    const modes = rules.modes.filter((mode) => reasonToSkip(mode) === null);
    this.#modes = new Map(modes.map((mode) => [mode.id, mode]));
    this.outcomes = new Map(modes.map(({ id }) => [id, new ModeOutcomes(id)]));
    this.#opponents = new RecentOpponents(modes);
    this.#onMatch = onMatch;
  }

  /** Lives through everything due before a time, and at it if `included`. */
  advanceTo(until: number, { included }: { readonly included: boolean }): void {
    for (;;) {
      const at = Math.min(this.#endings.first()?.deadline ?? Number.POSITIVE_INFINITY, this.#nextWaveAt());
      if (at > until || (at === until && !included)) return;
      this.#endDue(at);
      this.#runWaves(at);
    }
  }

  /** A ticket comes. Whatever is due at the same time follows it, but for endings. */
  arrive(arrival: Arrival): void {
    const number = this.#arrived;
    this.#arrived += 1;
    this.#endDue(arrival.at);
    const entrances = this.#entrancesOf(arrival);
    if (entrances.length === 0) return;
    if (
      arrival.players.some((player) => this.#waiting.has(player)) ||
      entrances.some(({ pool }) => pool.isFull)
    ) {
      for (const { pool } of entrances) pool.outcomes.ticketCounted("refused");
      return;
    }
    this.#queue(arrival, { number, entrances });
  }

  /** Ends the run: whoever waits is counted as waiting. */
  close(): void {
    for (const { standings } of this.#tickets.values()) {
      for (const { pool } of standings) pool.outcomes.ticketCounted("waiting");
    }
  }

  /** The places that the rules offer. A mode that is not simulated counts nobody; one that does not take this ticket refuses it. */
  #entrancesOf({ places, players }: Arrival): Entrance[] {
    const entrances: Entrance[] = [];
    for (const place of places) {
      const mode = this.#modes.get(place.mode);
      if (mode === undefined) continue;
      if (hasTier(mode, place.tier) && fitsAsTicket(mode, players.length))
        entrances.push({ place, pool: this.#pool(mode, place.tier) });
      else this.outcomes.get(mode.id)?.ticketCounted("refused");
    }
    return entrances;
  }

  #pool(mode: ModeRules, tier: string | null): SimulatedPool {
    const key = poolKeyOf(mode.id, tier);
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const pool = new SimulatedPool(mode, this.outcomes.get(mode.id) as ModeOutcomes);
    this.#pools.set(key, pool);
    this.#poolsByPriority = [...this.#pools.values()].sort((a, b) => a.mode.priority - b.mode.priority);
    return pool;
  }

  #queue(arrival: Arrival, { number, entrances }: { number: number; entrances: readonly Entrance[] }): void {
    const { at, players, leavesAt } = arrival;
    const id: TicketId = `ticket_${number}`;
    const recentOpponents = this.#opponents.of(players[0], at);
    const standings = standingsOf({ id, arrival, entrances, recentOpponents });
    const endAt = at + Math.max(...entrances.map(({ pool }) => pool.mode.maxWaitMs));
    const ticket: LiveTicket = { id, arrival, standings, endAt, deadline: 0, heapIndex: -1 };
    this.#tickets.set(id, ticket);
    for (const player of players) this.#waiting.add(player);
    for (const { pool, standing } of standings) pool.add(standing, at);
    this.#endings.set(ticket, Math.min(endAt, Math.max(at, leavesAt)));
  }

  #nextWaveAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const pool of this.#poolsByPriority) if (pool.dueAt < next) next = pool.dueAt;
    return next;
  }

  #endDue(at: number): void {
    for (let ticket = this.#endings.first(); ticket !== undefined; ticket = this.#endings.first()) {
      if (ticket.deadline > at) return;
      const end = ticket.deadline < ticket.endAt ? "left" : "timed_out";
      const waitMs = ticket.deadline - ticket.arrival.at;
      this.#withdraw(ticket);
      for (const { pool, skill } of ticket.standings) pool.outcomes.ticketEnded(end, { skill, waitMs });
    }
  }

  #runWaves(at: number): void {
    for (const pool of this.#poolsByPriority) {
      if (pool.dueAt > at) continue;
      for (const formed of pool.wave(at)) this.#take(formed, pool, at);
      pool.planNextWave(at);
    }
  }

  /** The first match of a ticket takes it out of all its pools. */
  #take({ teams, ratingGap: gap, costs }: FormedMatch, pool: SimulatedPool, at: number): void {
    const tickets = teams.map((team) =>
      team.map(({ ticketId }) => this.#tickets.get(ticketId) as LiveTicket),
    );
    const { outcomes, mode } = pool;
    const skills = tickets.map((team) => meanSkill(team, pool));
    outcomes.matchFormed({ gap, costSecs: costSecsOf(costs), favourite: favouriteChance(skills) });
    for (const ticket of tickets.flat()) {
      this.#withdraw(ticket);
      for (const own of ticket.standings) {
        if (own.pool !== pool) own.pool.outcomes.ticketCounted("elsewhere");
        else outcomes.ticketMatched({ skill: own.skill, waitMs: at - ticket.arrival.at, gap });
      }
    }
    const players = tickets.map((team) => team.flatMap(({ arrival }) => arrival.players));
    this.#opponents.matchFormed(players, { mode, at });
    this.#onMatch?.({ mode: mode.id, at, teams: tickets.map((team) => team.map(numberOf)) });
  }

  #withdraw(ticket: LiveTicket): void {
    this.#endings.remove(ticket);
    this.#tickets.delete(ticket.id);
    for (const player of ticket.arrival.players) this.#waiting.delete(player);
    for (const { pool, standing } of ticket.standings) pool.remove(standing);
  }
}

function numberOf({ id }: LiveTicket): number {
  return Number(id.slice("ticket_".length));
}

/** The mean over a team's players: a ticket counts as often as it has players. */
function meanSkill(team: readonly LiveTicket[], pool: SimulatedPool): number {
  let sum = 0;
  let players = 0;
  for (const { arrival, standings } of team) {
    const skill = standings.find((own) => own.pool === pool)?.skill ?? 0;
    sum += skill * arrival.players.length;
    players += arrival.players.length;
  }
  return sum / players;
}
