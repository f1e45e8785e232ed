export const choices = ["rock", "paper", "scissors"] as const;

/** What a player shows in a round. */
export type Choice = (typeof choices)[number];

/** What a round came to, by team. */
export interface EndedRound {
  readonly round: number;
  /** Null for who did not choose in time. */
  readonly choices: readonly (Choice | null)[];
  readonly winner: number | null;
}

const beaten: Readonly<Record<Choice, Choice>> = { rock: "scissors", paper: "rock", scissors: "paper" };
const winsNeeded = 2;
/** Two who draw for ever would play for ever: after so many rounds the score stands as it is. */
const roundsMax = 9;

/**
 * Rock-paper-scissors, best of three, between team 0 and team 1. It knows no clock: whoever uses it says when a round
 * is over.
 *
 * @example
 * const game = new RockPaperScissors();
 * game.choose({ team: 0, round: 1, choice: "rock" });
 * game.endRound(); // team 0 wins it: team 1 did not choose
 */
export class RockPaperScissors {
  readonly score: [number, number] = [0, 0];
  #round = 1;
  #chosen: [Choice | null, Choice | null] = [null, null];

  /** The round that is played, from 1. */
  get round(): number {
    return this.#round;
  }

  get isOver(): boolean {
    return Math.max(...this.score) >= winsNeeded || this.#round > roundsMax;
  }

  /** Whether nobody has to choose any more. */
  get isChosen(): boolean {
    return this.#chosen.every((choice) => choice !== null);
  }

  hasChosen(team: number): boolean {
    return this.#chosen[team] !== null;
  }

  /** The first choice of a round counts; a later one, or one for another round, changes nothing. */
  choose({
    team,
    round,
    choice,
  }: {
    readonly team: number;
    readonly round: number;
    readonly choice: Choice;
  }): void {
    if (!this.isOver && round === this.#round) this.#chosen[team] ??= choice;
  }

  /** Ends the round with what was chosen: who did not choose loses to who did. */
  endRound(): EndedRound {
    const [first, second] = this.#chosen;
    const winner = winnerOf(first, second);
    if (winner !== null) this.score[winner] = (this.score[winner] ?? 0) + 1;
    const ended = { round: this.#round, choices: this.#chosen, winner };
    this.#round += 1;
    this.#chosen = [null, null];
    return ended;
  }
}

function winnerOf(first: Choice | null, second: Choice | null): 0 | 1 | null {
  if (first === second) return null;
  if (second === null) return 0;
  if (first === null) return 1;
  return beaten[first] === second ? 0 : 1;
}
