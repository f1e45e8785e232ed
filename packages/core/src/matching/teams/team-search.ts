import type { FormedMatch } from "../formed-match.ts";
import type { HoldLimit } from "../hold.ts";
import type { PoolIndex } from "../pool-index.ts";
import { everyRegion, regionsOf } from "../regions.ts";
import type { SearchRules } from "../search-rules.ts";
import type { Standing } from "../standing.ts";
import { Candidates } from "./candidates.ts";
import { type FillTable, fillTableOf } from "./fill-table.ts";
import { formMatch } from "./form-match.ts";
import { PoolWalk } from "./pool-walk.ts";
import { TeamBuilder } from "./team-builder.ts";
import type { TeamFormat } from "./team-format.ts";
import { type TeamPrices, teamPricesOf } from "./team-prices.ts";
import { teamSearchLimits as limits } from "./team-search-limits.ts";

/** What one search is given. */
export interface TeamSearchRequest {
  readonly seed: Standing;
  /** Which of its waves this is, from 0. */
  readonly turn: number;
  /** Shard time in ms. */
  readonly at: number;
  readonly isTaken: (standing: Standing) => boolean;
  readonly limit: HoldLimit | null;
}

/** The end of one search. Work is told in tickets looked at, or what takes as long. */
export type TeamSearchOutcome =
  | { readonly kind: "found"; readonly match: FormedMatch; readonly work: number }
  | { readonly kind: "nobody" | "unfinished"; readonly work: number };

/**
 * Searches mates and opponents for one ticket after the other: outwards from its rating it takes in whoever it may
 * play with, until they fill the teams, every two of them may meet, and there is some choice.
 */
export class TeamSearch {
  readonly #index: PoolIndex;
  readonly #search: SearchRules;
  readonly #table: FillTable;
  readonly #prices: TeamPrices;
  readonly #candidates: Candidates;
  readonly #builder: TeamBuilder;

  constructor(options: {
    readonly index: PoolIndex;
    readonly search: SearchRules;
    readonly format: TeamFormat;
  }) {
    const { index, search, format } = options;
    const table = fillTableOf(format);
    const prices = teamPricesOf(search);
    const candidates = new Candidates({ search, table });
    this.#index = index;
    this.#search = search;
    this.#table = table;
    this.#prices = prices;
    this.#candidates = candidates;
    this.#builder = new TeamBuilder({ table, prices, candidates });
  }

  /** A match with the ticket in it, if there is one. Regions are tried in the order of the ticket's own latency. */
  find(request: TeamSearchRequest): TeamSearchOutcome {
    const before = this.#builder.work;
    let looks = 0;
    let isExact = true;
    for (const region of this.#regionsOf(request)) {
      const outcome = this.#findIn(region, request);
      looks += this.#candidates.considered;
      if (typeof outcome !== "string") {
        const work = looks + this.#builder.work - before + limits.matchWork;
        return { kind: "found", match: outcome, work };
      }
      if (outcome === "unfinished") isExact = false;
      // Where nobody was kept out by the region, no other region has more to offer.
      if (this.#candidates.elsewhere === 0) break;
    }
    const isOver = isExact || request.turn + 1 >= limits.turnsMax;
    return { kind: isOver ? "nobody" : "unfinished", work: looks + this.#builder.work - before };
  }

  /** The bits of the regions where a ticket may play, its nearest first. */
  #regionsOf({ seed, at }: TeamSearchRequest): number[] {
    const { regions } = this.#search;
    if (regions === undefined) return [everyRegion];
    const own = regionsOf(seed, this.#search, at);
    const latencyOf = (name: string) =>
      seed.wishes.latencies?.find(({ region }) => region === name)?.latencyMs ?? 0;
    return regions.names
      .map((name, place) => ({ bit: 1 << place, place, latencyMs: latencyOf(name) }))
      .filter(({ bit }) => (own & bit) !== 0)
      .sort((left, right) => left.latencyMs - right.latencyMs || left.place - right.place)
      .map(({ bit }) => bit);
  }

  #findIn(region: number, request: TeamSearchRequest): FormedMatch | "nobody" | "unfinished" {
    const { seed, turn, at, limit, isTaken } = request;
    const candidates = this.#candidates;
    candidates.serve(seed, { at, region, limit, timesNeeded: 2 << turn });
    if (candidates.kinds[0].additions.length === 0) return "nobody";
    const walk = new PoolWalk(this.#index, seed, candidates.window);
    const looksMax = limits.looks << turn;
    let wanted = limits.choice * this.#table.playersMax;
    for (let isOver = false; ; wanted = 2 * candidates.players) {
      while (!isOver && candidates.players < wanted && candidates.considered < looksMax) {
        const next = walk.next();
        if (next === undefined) isOver = true;
        else if (isTaken(next)) candidates.passTaken();
        else candidates.offer(next);
      }
      const { teams, isExact, fills } = this.#builder.build(limits.fills << turn);
      if (teams !== null) return this.#form({ ...teams, at });
      // Those left out are like others who were there: more of them fill nothing that could not be filled.
      if (isOver) return isExact && (fills === 1 || !candidates.isCapped) ? "nobody" : "unfinished";
      if (candidates.considered >= looksMax) return "unfinished";
    }
  }

  #form(teams: Pick<Parameters<typeof formMatch>[0], "chosen" | "split" | "at">): FormedMatch {
    const [candidates, table, prices, search] = [this.#candidates, this.#table, this.#prices, this.#search];
    return formMatch({ ...teams, candidates, table, prices, search });
  }
}
