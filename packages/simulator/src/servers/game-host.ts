import {
  type Command,
  type GameServer,
  levelOfServers,
  type MatchId,
  type PlayerId,
  type ServerId,
  type ServerOffer,
  type State,
} from "@matchforge/core";
import type { FaultCounts } from "../faults/fault-counts.ts";
import type { Random } from "../time/random.ts";
import { Game } from "./game.ts";

/** A match ticket as a player shows it. */
export interface ShownTicket {
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly serial: number;
}

/** A lent server is there before the log says so: only what has ended, or gone on elsewhere, is over. */
function isOver({ match, attempt }: Game, state: State): boolean {
  return (state.matches.get(match)?.allocation?.attempt ?? Number.POSITIVE_INFINITY) > attempt;
}

/** A process that plays games: registered, of a list, or lent for one match. It is up, or nobody hears of it. */
export class GameHost {
  readonly id: ServerId;
  readonly kind: "registered" | "listed" | "lent";
  /** Whether it says regularly that it lives. */
  readonly isHeard: boolean;
  readonly #options: GameHostOptions;
  readonly #games = new Map<MatchId, Game>();
  /** Games of a process that goes on although another one has taken its place. */
  readonly #strays = new Set<Game>();
  /** Whether it wants no new matches. */
  isDraining = false;
  #run = 1;
  #state: "up" | "silent" | "gone" = "up";

  constructor(options: GameHostOptions) {
    this.#options = options;
    this.id = options.id;
    this.kind = options.kind;
    this.isHeard = options.isHeard;
  }

  /** Whether players reach it. */
  get isUp(): boolean {
    return this.#state !== "gone";
  }

  /** Whether it can say something. */
  get isConnected(): boolean {
    return this.#state === "up";
  }

  get instance(): string {
    return `run${this.#run}`;
  }

  /** Its process ends, and with it all games. */
  crash(): void {
    this.#state = "gone";
    this.#games.clear();
  }

  /** Its line is cut: games go on, and nobody hears of them. */
  fallSilent(): void {
    if (this.#state === "up") this.#state = "silent";
  }

  hearAgain(): void {
    if (this.#state === "silent") this.#state = "up";
  }

  /** A new process comes up while the one before does not end. */
  replace(): void {
    for (const game of this.#games.values()) this.#strays.add(game);
    this.start();
  }

  /** A new process. */
  start(): void {
    this.#run += 1;
    this.#state = "up";
    this.#games.clear();
  }

  /** Plays a match that it was lent for. */
  begin(match: MatchId, attempt: number): void {
    const { random, counts } = this.#options;
    this.#games.set(match, new Game({ match, attempt, random, counts }));
  }

  /** What it says when a coordinator answers it: of itself, and of its games. */
  next(state: State): readonly Command[] {
    if (state.level < levelOfServers && !this.#options.random.chance(0.02)) return [];
    const known = state.servers.get(this.id);
    const said = this.kind === "registered" ? this.#ofItself(known) : [];
    if (this.kind !== "registered" || known?.instance === this.instance)
      for (const match of known?.matches ?? []) this.#learn(match, state);
    return [...said, ...this.#ofStrays(state), ...this.#ofGames(known?.matches ?? [], state)];
  }

  #ofItself(known: Readonly<GameServer> | undefined): readonly Command[] {
    if (known?.instance !== this.instance) return [this.#registration()];
    if (known.draining === this.isDraining) return [];
    return [{ type: "server.drain", server: this.id, epoch: known.epoch, draining: this.isDraining }];
  }

  #ofStrays(state: State): readonly Command[] {
    const said: Command[] = [];
    for (const game of this.#strays) {
      const strayed = game.stray(state);
      if (strayed === null) this.#strays.delete(game);
      else said.push(...strayed);
    }
    return said;
  }

  #ofGames(current: readonly MatchId[], state: State): readonly Command[] {
    const said: Command[] = [];
    for (const game of this.#games.values()) {
      if (current.includes(game.match)) said.push(...game.next(state));
      else if (this.kind !== "lent" || isOver(game, state)) {
        said.push(...game.late(state));
        this.#games.delete(game.match);
      }
    }
    return said;
  }

  /** Takes a player's match ticket to the coordinators: with what the server itself may act for, whatever is shown to it. */
  redemption({ match, player, serial }: ShownTicket): Command | undefined {
    const game = this.#games.get(match) ?? [...this.#games.values()][0];
    if (game === undefined) return undefined;
    return { type: "match.redeem", match: game.match, attempt: game.attempt, player, serial };
  }

  #learn(match: MatchId, state: State): void {
    const attempt = state.matches.get(match)?.allocation?.attempt;
    if (attempt === undefined || this.#games.get(match)?.attempt === attempt) return;
    this.begin(match, attempt);
  }

  #registration(): Command {
    const { offer } = this.#options;
    const { id: server, instance, isHeard } = this;
    return { type: "server.up", server, allocator: "registry", instance, offer, isHeard };
  }
}

export interface GameHostOptions {
  readonly id: ServerId;
  readonly kind: GameHost["kind"];
  readonly isHeard: boolean;
  readonly offer: ServerOffer;
  readonly random: Random;
  readonly counts: FaultCounts;
}
