import {
  type Command,
  type Match,
  type MatchId,
  modeOfMatch,
  type ReportedTeam,
  type State,
} from "@matchforge/core";
import type { FaultCounts } from "../faults/fault-counts.ts";
import { rates } from "../faults/fault-rates.ts";
import type { Random } from "../time/random.ts";

/** Chances for each second of a game. */
const strayChance = 0.15;
const standingChance = 0.1;
const resultChance = 0.07;
/** And for each game. */
const endlessChance = 0.15;

/** The game of one match as its server plays it: it tells how the game stands, and once how it ended. */
export class Game {
  readonly match: MatchId;
  readonly attempt: number;
  readonly #options: GameOptions;
  #result: readonly ReportedTeam[] | null = null;
  #isTold = false;
  /** Some servers never come to an end. */
  readonly #isEndless: boolean;

  constructor(options: GameOptions) {
    this.#options = options;
    this.#isEndless = options.random.chance(endlessChance);
    this.match = options.match;
    this.attempt = options.attempt;
  }

  /** What the server says of it next, by the state that it was shown. */
  next(state: State): readonly Command[] {
    const { random } = this.#options;
    const match = state.matches.get(this.match);
    if (match?.phase.state !== "ACTIVE") return [];
    if (this.#result === null && !this.#isEndless && random.chance(resultChance)) {
      this.#result = teamsOf(match, random);
      if (random.chance(rates.madeUpResult)) return [this.#madeUp(state, match)];
    }
    // Told until it stands there: an answer may have been lost.
    if (this.#result !== null && (!this.#isTold || random.chance(0.5))) return this.#told(this.#result);
    const isKept = modeOfMatch(state, match).serverLost === "standing";
    if (!isKept || !random.chance(standingChance)) return [];
    return [{ type: "match.standing", ...this.#named, teams: teamsOf(match, random) }];
  }

  /** What a process says that was replaced and does not know it; null: not even that, because the match is over. */
  stray(state: State): readonly Command[] | null {
    const match = state.matches.get(this.match);
    if (match === undefined) return null;
    if (match.phase.state !== "ACTIVE" || !this.#options.random.chance(strayChance)) return [];
    return [{ type: "match.result", ...this.#named, teams: teamsOf(match, this.#options.random) }];
  }

  /** What it still says when its match is over, or has gone on to another server. */
  late(state: State): readonly Command[] {
    const { random, counts } = this.#options;
    if (!random.chance(rates.lateResult)) return [];
    counts.add("late_result");
    const match = state.matches.get(this.match);
    const teams = this.#result ?? (match === undefined ? [] : teamsOf(match, random));
    return [{ type: "match.result", ...this.#named, teams }];
  }

  get #named() {
    return { match: this.match, attempt: this.attempt };
  }

  #told(teams: readonly ReportedTeam[]): readonly Command[] {
    this.#isTold = true;
    const told = { type: "match.result", ...this.#named, teams } as const;
    return this.#options.random.chance(rates.repeatedResult) ? [told, told] : [told];
  }

  /** Nonsense, or the players of another match. */
  #madeUp(state: State, match: Match): Command {
    const { random, counts } = this.#options;
    counts.add("made_up_result");
    const own = teamsOf(match, random);
    const other = random.pick([...state.matches.values()]);
    const teams = random.pick<readonly ReportedTeam[]>([
      own.slice(1),
      [...own, ...own],
      own.map(({ players }) => ({ players: [...players, "player_nobody"], rank: 1 })),
      own.map(({ players }) => ({ players, score: Number.MAX_VALUE })),
      own.map(({ players }, place) => ({ players, ...(place === 0 ? { rank: 1 } : { score: 1 }) })),
      own.map(({ players }) => ({ players, rank: 0 })),
      teamsOf(other, random),
    ]);
    const isOthers = random.chance(0.5) && other !== match;
    return {
      type: "match.result",
      ...this.#named,
      ...(isOthers && { match: other.id }),
      teams: isOthers ? own : teams,
    };
  }
}

/** Everybody in their teams, with ranks or with scores. */
function teamsOf({ players }: Match, random: Random): readonly ReportedTeam[] {
  const count = new Set(players.map(({ team }) => team)).size;
  const isScored = random.chance(0.5);
  return Array.from({ length: count }, (_, team) => ({
    players: players.filter((player) => player.team === team).map(({ id }) => id),
    ...(isScored ? { score: random.between(-5, 20) } : { rank: random.between(1, count) }),
  }));
}

export interface GameOptions {
  readonly match: MatchId;
  readonly attempt: number;
  readonly random: Random;
  readonly counts: FaultCounts;
}
