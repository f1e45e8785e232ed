import { setTimeout as pause } from "node:timers/promises";
import { JsonLine } from "./json-line.ts";

/** What becomes of a server that has been given a match: it plays, its process dies, or it says nothing any more. */
export type Fate = "plays" | "crashes" | "falls_silent";

/** A match as a server hears of it. */
interface ListedMatch {
  readonly match_id: string;
  readonly state: string;
  readonly players: readonly { readonly player_id: string; readonly team: number }[];
  readonly credential: string;
}

interface StandInOptions {
  readonly port: number;
  readonly index: number;
  readonly token: string;
  /** Drawn for each match. */
  readonly fate: () => Fate;
  /** Resolves when the game is over. */
  readonly played: (match: string) => Promise<void>;
}

/** The ports that stand-ins name begin here; those of the provider's servers lie below. */
export const standInPortsFrom = 30_000;
/** How soon a supervisor starts a dead process again. */
const restartMs = 300;
/** Longer than the silence after which a server is lost. */
const silenceMs = 17_000;
const waitSecs = 30;

/** A game server for one match at a time that registers over HTTP, waits for matches, and tells their results. */
export class GameServerStandIn {
  readonly #options: StandInOptions;
  #line: JsonLine;
  #runs = 0;
  #isStopped = false;

  constructor(options: StandInOptions) {
    this.#options = options;
    this.#line = this.#open();
  }

  /** Lives, dies and lives again until it is stopped. */
  async run(): Promise<void> {
    while (!this.#isStopped) {
      this.#runs += 1;
      try {
        const fate = await this.#live();
        this.#line.close();
        await pause(fate === "falls_silent" ? silenceMs : restartMs);
      } catch (error) {
        if (!this.#isStopped) throw error;
      }
      this.#line = this.#open();
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#line.close();
  }

  #open(): JsonLine {
    const { port, index } = this.#options;
    return new JsonLine({ port, localAddress: `127.1.${1 + Math.floor(index / 250)}.${1 + (index % 250)}` });
  }

  /** One run of its process; answers what ended it. */
  async #live(): Promise<Fate> {
    const { token, index, fate } = this.#options;
    const body = {
      instance: `run-${this.#runs}`,
      address: `127.0.0.1:${standInPortsFrom + index}`,
      capacity: 1,
    };
    const registered = await this.#line.ask<{ server_id: string; epoch: number }>("POST", "/api/v1/servers", {
      token,
      body,
    });
    if (registered.status !== 200) throw new Error(`a stand-in was not registered: ${registered.status}`);
    const { server_id, epoch } = registered.body;
    const known = new Set<string>();
    const playing = new Set<string>();
    for (let news = ""; ; ) {
      const path = `/api/v1/servers/${server_id}/matches?epoch=${epoch}${news}`;
      const listed = await this.#line.ask<{ version: string; matches: ListedMatch[] }>("GET", path, {
        token,
      });
      if (listed.status !== 200) return "crashes";
      news = `&since=${listed.body.version}&wait=${waitSecs}`;
      for (const match of listed.body.matches) {
        const drawn = known.has(match.match_id) ? "plays" : fate();
        if (drawn !== "plays") return drawn;
        known.add(match.match_id);
        if (match.state !== "ACTIVE" || playing.has(match.match_id)) continue;
        playing.add(match.match_id);
        void this.#play(match);
      }
    }
  }

  async #play({ match_id, credential, players }: ListedMatch): Promise<void> {
    await this.#options.played(match_id);
    await tellResult(this.#line, { match: match_id, credential, players });
  }
}

/** The match whose result is told, and by what right. */
export interface ToldResult extends Pick<ListedMatch, "credential" | "players"> {
  readonly match: string;
}

/** Tells that the first team has won. */
export async function tellResult(line: JsonLine, told: ToldResult): Promise<void> {
  const { match, credential: token, players } = told;
  const teams = [0, 1].map((team) => ({
    players: players.filter((player) => player.team === team).map(({ player_id }) => player_id),
    rank: team + 1,
  }));
  const answer = await line.ask("POST", `/api/v1/matches/${match}/result`, { token, body: { teams } });
  if (answer.status !== 200) throw new Error(`the result of ${match} was answered with ${answer.status}`);
}
