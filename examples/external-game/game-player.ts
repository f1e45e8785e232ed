import { setTimeout as pause } from "node:timers/promises";
import { MatchForgeClient } from "@matchforge/client";
import type { ServerMessages } from "@matchforge/protocol";
import type { GameMessage, PlayerMessage } from "./game-messages.ts";
import type { Choice } from "./rock-paper-scissors.ts";

type Assignment = ServerMessages["match.assigned"];

/** What a match came to, as MatchForge says. */
export type Ending =
  | { readonly kind: "result"; readonly result: ServerMessages["game.result"] }
  | { readonly kind: "void" }
  /** It ended while the player's line was broken: MatchForge's page of the match says how. */
  | { readonly kind: "missed" }
  | { readonly kind: "cancelled"; readonly reason: string };

interface GamePlayerOptions {
  readonly url: string;
  readonly token: string;
  readonly mode: string;
  /** What to show in a round; undefined to let its time run out. */
  readonly choose: (round: number) => Choice | undefined;
  /** Told of everything that the game server says. */
  readonly onGame?: (message: GameMessage) => void;
  readonly say?: (line: string) => void;
}

/** How long to wait before the next try to reach the game server. */
const againMs = 300;

/**
 * A player: queues, loads, goes where MatchForge says, plays, and hears what came of it. Where the game server cannot
 * be reached, or sends the player away, it asks MatchForge for a fresh match ticket and goes wherever that says.
 *
 * @example
 * const ada = new GamePlayer({ url, token, mode: "Normal_1v1", choose: () => "paper" });
 * await ada.connect();
 * const ending = await ada.play();
 */
export class GamePlayer {
  readonly client: MatchForgeClient;
  readonly #options: GamePlayerOptions;
  /** Where the player is, or is on the way to. */
  #at: { readonly address: string; readonly socket: WebSocket } | null = null;
  #match: string | null = null;
  #ended: (ending: Ending) => void = () => {};

  constructor(options: GamePlayerOptions) {
    this.#options = options;
    const { url, token } = options;
    this.client = new MatchForgeClient({ url, token });
    this.client.on("match.loading", ({ match_id }) => this.#load(match_id));
    this.client.on("match.assigned", (assignment) => this.#goTo(assignment));
    this.client.on("game.result", (result) => this.#end(result.match_id, { kind: "result", result }));
    this.client.on("game.state", ({ match_id, state }) => {
      if (state === "VOIDED") this.#end(match_id, { kind: "void" });
    });
    this.client.on("match.cancelled", ({ match_id, reason, requeued }) => {
      // Whoever is not at fault waits again, and plays the next match.
      if (requeued) this.#leave();
      else this.#end(match_id, { kind: "cancelled", reason });
    });
    this.client.on("session.sync", ({ match, ticket }) => {
      if (this.#match === null || match?.match_id === this.#match) return;
      if (ticket !== null) this.#leave();
      else this.#end(this.#match, { kind: "missed" });
    });
  }

  connect(): Promise<void> {
    return this.client.connect();
  }

  /** Queues, and plays until MatchForge says what came of it. */
  async play(): Promise<Ending> {
    const ended = new Promise<Ending>((resolve) => {
      this.#ended = resolve;
    });
    await this.client.request("queue.enter", { game_type: this.#options.mode });
    return ended;
  }

  /** Breaks the line to the game server, as a bad network would. */
  breakLine(): void {
    this.#at?.socket.close();
  }

  close(): void {
    this.#leave();
    this.client.close();
  }

  /** A real game loads its map here. */
  #load(match_id: string): void {
    if (this.#match === match_id) return;
    this.#match = match_id;
    this.#options.say?.(`found ${match_id} and loads`);
    // Where the match is gone by now, its end is told by a message of its own.
    this.client.request("match.loaded", { match_id }).catch(() => {});
  }

  #goTo({ match_id, server_addr, match_ticket }: Assignment): void {
    this.#match = match_id;
    if (this.#at?.address === server_addr) return;
    this.#at?.socket.close();
    const socket = new WebSocket(`ws://${server_addr}`);
    this.#at = { address: server_addr, socket };
    const send = (message: PlayerMessage) => socket.send(JSON.stringify(message));
    socket.addEventListener("open", () => {
      // A ticket that was used or has expired is not sent anew: one has to be asked for.
      if (match_ticket === null) socket.close();
      else send({ type: "join", match_id, match_ticket });
    });
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(String(data)) as GameMessage;
      const choice = message.type === "round" ? this.#options.choose(message.round) : undefined;
      if (message.type === "round" && choice !== undefined)
        send({ type: "choose", round: message.round, choice });
      this.#options.onGame?.(message);
    });
    socket.addEventListener("close", () => {
      if (this.#at?.socket === socket) void this.#comeBack(match_id);
    });
  }

  /** A fresh match ticket opens the door again, here or at the server that plays the match by now. */
  async #comeBack(match_id: string): Promise<void> {
    this.#at = null;
    while (this.#match === match_id && this.#at === null) {
      await pause(againMs);
      // The reply is a `match.assigned`; between two servers, and at the end, there is none.
      if (this.#match === match_id) await this.client.request("match.ticket", { match_id }).catch(() => {});
    }
  }

  #leave(): void {
    this.#match = null;
    const at = this.#at;
    this.#at = null;
    at?.socket.close();
  }

  #end(match_id: string, ending: Ending): void {
    if (this.#match !== match_id) return;
    this.#leave();
    this.#ended(ending);
  }
}
