import { setTimeout as pause } from "node:timers/promises";
import { type Answer, ask, askOnce } from "./ask.ts";

/** How the teams of a match stand, in their order. */
export type Teams = readonly { readonly players: readonly string[]; readonly score: number }[];

interface Told {
  readonly match: string;
  /** Good for this match and nothing else. */
  readonly credential: string;
  readonly url: string;
  readonly log: (line: string) => void;
}

/**
 * What a game server says to MatchForge about one match, with the credential of that match.
 *
 * @example
 * const line = new MatchLine({ url, match: "match_abc", credential, log: console.log });
 * await line.result([{ players: ["player_ada"], score: 2 }, { players: ["player_bob"], score: 1 }]);
 */
export class MatchLine {
  readonly #told: Told;
  #standing: Teams | null = null;
  #isTelling = false;

  constructor(told: Told) {
    this.#told = told;
  }

  /**
   * Takes a player's match ticket, which is good once. Where the answer was lost the ticket is used up, and nobody was
   * let in: the player asks MatchForge for a fresh one and comes again.
   */
  redeem(matchTicket: string): Promise<Answer<{ readonly player_id: string; readonly team: number }>> {
    return ask(this.#told.url, this.#question("redeem", { match_ticket: matchTicket }));
  }

  /** Tells how the game stands, should this server be lost. Only the newest standing matters, at most one a second. */
  tellStanding(teams: Teams): void {
    this.#standing = teams;
    if (!this.#isTelling) void this.#tellStandings();
  }

  /** Tells the result until it is answered: the same result again is answered alike. */
  async tellResult(teams: Teams): Promise<void> {
    this.#standing = null;
    const { url, match, log } = this.#told;
    const answer = await ask(url, this.#question("result", { teams }));
    log(`${match}: the result ${scoreIn(teams)} ${answer.ok ? "stands" : `was not taken: ${answer.code}`}`);
  }

  async #tellStandings(): Promise<void> {
    this.#isTelling = true;
    const { url, match, log } = this.#told;
    while (this.#standing !== null) {
      const teams: Teams = this.#standing;
      const answer = await askOnce(url, this.#question("standing", { teams }));
      if (!answer.ok && answer.retryAfterMs !== null) await pause(Math.max(100, answer.retryAfterMs));
      else if (this.#standing === teams) this.#standing = null;
      if (answer.ok) log(`${match}: the standing ${scoreIn(teams)} is told`);
    }
    this.#isTelling = false;
  }

  #question(what: "redeem" | "standing" | "result", body: unknown) {
    const { match, credential: token } = this.#told;
    return { method: "POST", path: `/api/v1/matches/${match}/${what}`, token, body } as const;
  }
}

function scoreIn(teams: Teams): string {
  return teams.map(({ score }) => score).join(":");
}
