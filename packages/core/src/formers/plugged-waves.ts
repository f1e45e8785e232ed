import type { TicketId } from "../ids.ts";
import { accepts } from "../matching/accepts.ts";
import type { FormedMatch } from "../matching/formed-match.ts";
import { type PoolIndex, presentSlot } from "../matching/pool-index.ts";
import type { Standing } from "../matching/standing.ts";
import type { WaveRequest, Waves } from "../matching/waves.ts";
import type { ModeRules } from "../rules/rules.ts";
import type { Matcher, SuggestedMatch } from "./matcher.ts";
import { copyOf, ratingGapOf, teamsNamed } from "./suggested.ts";

/** A matcher of somebody else's may go by time alone, so it is asked again this often while anybody waits. */
const askEveryMs = 1_000;

/** The waves of a pool whose matches a game's own matcher suggests. */
export class PluggedWaves implements Waves {
  readonly #index: PoolIndex;
  readonly #mode: ModeRules;
  readonly #matcher: Matcher;
  readonly #customOf: (ticket: TicketId) => string | undefined;
  #isDue = true;
  #lastWaveAt = Number.NEGATIVE_INFINITY;

  constructor({
    index,
    mode,
    matcher,
    customOf,
  }: {
    index: PoolIndex;
    mode: ModeRules;
    matcher: Matcher;
    customOf: (ticket: TicketId) => string | undefined;
  }) {
    this.#index = index;
    this.#mode = mode;
    this.#matcher = matcher;
    this.#customOf = customOf;
  }

  startOver(): void {
    this.#isDue = true;
  }

  touch(): void {
    this.#isDue = true;
  }

  dueInMs(now: number): number {
    if (this.#index.byRating.size === 0) return Number.POSITIVE_INFINITY;
    const everyMs = this.#isDue ? this.#mode.waveMs : Math.max(askEveryMs, this.#mode.waveMs);
    return Math.max(0, this.#lastWaveAt + everyMs - now);
  }

  run({ now, at, matchesMax, skip }: WaveRequest): FormedMatch[] {
    this.#lastWaveAt = now;
    this.#isDue = false;
    const tickets = this.#index.byAge.chunks.flatMap((chunk) =>
      chunk.filter((one) => one.slot === presentSlot && one.eligibleAt <= at && !skip(one)),
    );
    const { search } = this.#mode;
    const suggested = this.#matcher.propose({
      mode: this.#mode,
      at,
      tickets: tickets.map(copyOf),
      matchesMax,
      customOf: this.#customOf,
      accepts: (left, right) => accepts(left, right, search, at),
    });
    const given = new Map(tickets.map((standing) => [standing.ticketId, standing]));
    return suggested.slice(0, matchesMax).map((match) => formed(match, given, tickets.length));
  }
}

function formed(
  { teams, roles, costSecs = 0 }: SuggestedMatch,
  given: ReadonlyMap<Standing["ticketId"], Standing>,
  considered: number,
): FormedMatch {
  const named = teamsNamed(teams, given);
  if (!Number.isFinite(costSecs)) throw new Error(`it said that a match costs ${costSecs} s`);
  return {
    teams: named,
    ...(roles !== undefined && { roles }),
    wave: "pool",
    ratingGap: ratingGapOf(named),
    costs: [{ term: "custom", secs: costSecs }],
    considered,
    rejected: [],
  };
}
