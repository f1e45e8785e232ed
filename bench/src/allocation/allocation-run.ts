import { setTimeout as pause } from "node:timers/promises";
import { Tokens } from "@matchforge/server";
import { waitUntil } from "@matchforge/testbed";
import type { StandInProvider } from "../../../packages/server/test/allocators/stand-in-provider.ts";
import type { RawClient } from "../load/raw-client.ts";
import type { ServerProcess } from "../load/server-process.ts";
import { signedIn } from "../load/signed-in.ts";
import { drawer } from "./drawer.ts";
import {
  type Fate,
  GameServerStandIn,
  standInPortsFrom,
  type ToldResult,
  tellResult,
} from "./game-server-stand-in.ts";
import { JsonLine } from "./json-line.ts";
import { LoadingPlayers } from "./loading-players.ts";

export const matches = 1_000;
export const pairsPerSecond = 50;
/** So few that the later matches are left to the provider. */
const servers = 550;
/** Of the servers that are given a match: half of them crash, half fall silent. */
const failing = 0.1;
const playMs = 1_000;
/** Every so many-th match plays on until all others are over. */
const heldEvery = 25;
const startWithinMs = 240_000;
/** A request in doubt is released again after 60 s. */
const releaseWithinMs = 150_000;

/** What holds servers: by the log, by the provider, and what is played. */
export interface Held {
  readonly live: number;
  readonly places: number;
  /** Of the places those that the provider has lent, by the log, and by its own books. */
  readonly lentPlaces: number;
  readonly lent: number;
}

/** One run of the benchmark: servers, players, and what became of them. */
export class AllocationRun {
  readonly drawn: Record<Fate, number> = { plays: 0, crashes: 0, falls_silent: 0 };
  readonly provider: StandInProvider;
  readonly #coordinator: ServerProcess;
  readonly #standIns: GameServerStandIn[] = [];
  readonly #lines: readonly JsonLine[];
  readonly #draw = drawer(7);
  readonly #released = Promise.withResolvers<void>();
  readonly #entered = Promise.withResolvers<void>();
  #clients: readonly RawClient[] = [];
  #players: LoadingPlayers | null = null;
  readonly #failed = new Set<string>();
  #played = 0;
  #asked = 0;
  busy = 0;

  constructor(coordinator: ServerProcess, provider: StandInProvider) {
    this.#coordinator = coordinator;
    this.provider = provider;
    const { port } = coordinator;
    this.#lines = Array.from(
      { length: 20 },
      (_, index) => new JsonLine({ port, localAddress: `127.2.0.${index + 1}` }),
    );
  }

  get players(): LoadingPlayers {
    if (this.#players === null) throw new Error("nobody plays yet");
    return this.#players;
  }

  /** Resolves when everybody has queued. */
  get entered(): Promise<void> {
    return this.#entered.promise;
  }

  /** Until every player is in a match that has begun. */
  async play(): Promise<void> {
    say(`registers ${servers} game servers and signs ${2 * matches} players in`);
    await this.#startServers();
    this.#clients = await signedIn(this.#coordinator, { count: 2 * matches, label: "load" });
    this.#players = new LoadingPlayers(this.#clients, {
      assigned: (match, address) => this.#onAssigned(match, address),
      started: (match, address) => this.#onStarted(match, address),
    });
    await waitUntil(async () => (await this.#metric(/^matchmaking_game_server_places.*free/)) === servers, {
      what: "all game servers",
      withinMs: startWithinMs,
    });
    const progress = setInterval(() => this.#tellProgress(), 5_000);
    const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
    for (let pair = 0; pair < matches; pair += 1) {
      this.players.enter(2 * pair);
      this.players.enter(2 * pair + 1);
      await pause(1_000 / pairsPerSecond);
    }
    this.#entered.resolve();
    const { user, system } = process.cpuUsage(cpu);
    this.busy = (user + system) / 1e3 / (performance.now() - startedAt);
    const all = () => this.players.figures.playersStarted === 2 * matches;
    await waitUntil(all, { what: "every player's game", withinMs: startWithinMs }).finally(() =>
      clearInterval(progress),
    );
  }

  /** Servers that somebody holds without a match: while some are played, and when none is any more. */
  async leaks(): Promise<readonly [Held, Held]> {
    const held = Math.floor(matches / heldEvery);
    say(`all play; waits until all but ${held} are over and what is in doubt is released, a good minute`);
    const during = await this.#settled();
    this.#released.resolve();
    say("ends the others, and waits again");
    return [during, await this.#settled()];
  }

  stop(): void {
    for (const standIn of this.#standIns) standIn.stop();
    for (const line of this.#lines) line.close();
    for (const client of this.#clients) client.close();
  }

  async #startServers(): Promise<void> {
    const { secret, port } = this.#coordinator;
    const tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" });
    const expiresAt = Date.now() + 3_600_000;
    for (let index = 0; index < servers; index += 1) {
      const token = await tokens.mint({ server: `server_bench-${index}`, expiresAt });
      const played = () => this.#game();
      const standIn = new GameServerStandIn({ port, index, token, played, fate: () => this.#fate() });
      this.#standIns.push(standIn);
      void standIn.run();
    }
  }

  #fate(): Fate {
    const drawn = this.#draw();
    const fate = drawn >= failing ? "plays" : drawn < failing / 2 ? "crashes" : "falls_silent";
    this.drawn[fate] += 1;
    return fate;
  }

  /** A game: short, or until all others are over. */
  async #game(): Promise<void> {
    this.#played += 1;
    if (this.#played % heldEvery === 0) await this.#released.promise;
    else await pause(playMs);
  }

  /**
   * The servers that the provider lends do not register: they act with the credential that came with the request. One
   * that fails says once that it lives, and is missed from then on.
   */
  #onAssigned(match: string, address: string): void {
    if (!isLent(address) || this.#fate() === "plays") return;
    this.#failed.add(address);
    const { credential: token } = this.#requestFor(match);
    void this.#line().ask("POST", `/api/v1/matches/${match}/heartbeat`, { token });
  }

  #onStarted(match: string, address: string): void {
    if (!isLent(address) || this.#failed.has(address)) return;
    const request = this.#requestFor(match);
    void this.#game().then(() => tellResult(this.#line(), { match, ...request }));
  }

  /** The newest request of a match to the provider. */
  #requestFor(match: string): Pick<ToldResult, "credential" | "players"> {
    const request = this.provider.seen.findLast(({ body }) => body?.match_id === match);
    if (request?.body == null) throw new Error(`the provider lent a server for ${match} unasked`);
    return request.body as unknown as Pick<ToldResult, "credential" | "players">;
  }

  /** The lines take turns. */
  #line(): JsonLine {
    this.#asked += 1;
    return this.#lines[this.#asked % this.#lines.length];
  }

  /** Waits until nothing changes any more: nothing is owed, and every match that is not held has ended. */
  async #settled(): Promise<Held> {
    let held: Held = { live: 0, places: 0, lentPlaces: 0, lent: 0 };
    let last = "";
    const isSettled = async () => {
      await pause(1_000);
      held = {
        live: await this.#metric(/^matchmaking_active_matches/),
        places: await this.#metric(/^matchmaking_game_server_places.*used/),
        lentPlaces: await this.#metric(/^matchmaking_game_server_places.*"http".*used/),
        lent: this.provider.heldInAll,
      };
      const owed = await this.#metric(/^matchforge_effects_outstanding/);
      const now = JSON.stringify([held, owed, this.players.figures.results]);
      const isSame = now === last;
      last = now;
      return isSame && owed === 0;
    };
    await waitUntil(isSettled, { what: "all releases", withinMs: releaseWithinMs }).catch((error: Error) =>
      say(`${error.message} ${last}`),
    );
    return held;
  }

  /** The sum of a gauge's lines. */
  async #metric(name: RegExp): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.#coordinator.port}/metrics`)).text();
    const lines = text.split("\n").filter((line) => name.test(line));
    return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  }

  #tellProgress(): void {
    const { formed, started, replaced, requeued } = this.players.figures;
    say(
      `${formed} matches formed, ${started} play, ${replaced} got another server, ${requeued} were called off`,
    );
  }
}

/** Whether the provider has lent the server at an address. */
export function isLent(address: string): boolean {
  return Number(address.split(":")[1]) < standInPortsFrom;
}

function say(what: string): void {
  console.error(`… ${what}`);
}
