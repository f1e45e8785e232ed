import type { WebSocket } from "ws";
import type { GameMessage, PlayerMessage } from "./game-messages.ts";
import type { MatchLine } from "./match-line.ts";
import type { ListedMatch } from "./registration.ts";
import { RockPaperScissors } from "./rock-paper-scissors.ts";

/** How long things take. */
export interface Pace {
  /** For players to come, from the moment that play may begin. */
  readonly joinMs: number;
  readonly roundMs: number;
  /** Between rounds. */
  readonly pauseMs: number;
}

/** What this server closes a player's connection with. */
export const closeCodes = { over: 1000, elsewhere: 4001, refused: 4003 } as const;

/**
 * A match that is played here: lets players in who show a match ticket, holds the rounds, and tells MatchForge how it
 * stands and how it ended.
 */
export class PlayedMatch {
  readonly #listed: ListedMatch;
  readonly #line: MatchLine;
  readonly #pace: Pace;
  readonly #game = new RockPaperScissors();
  /** Who is here, by player; a player who comes again takes over from the connection before. */
  readonly #present = new Map<string, WebSocket>();
  #phase: "gathering" | "playing" | "over" | "left" = "gathering";
  #mayBegin = false;
  /** When the round that is played ends; null between rounds. */
  #roundEndsAt: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor({ listed, line, pace }: { listed: ListedMatch; line: MatchLine; pace: Pace }) {
    this.#listed = listed;
    this.#line = line;
    this.#pace = pace;
  }

  get credential(): string {
    return this.#listed.credential;
  }

  /** MatchForge says where the match is in its life: nothing counts before it is ACTIVE. */
  listed({ state }: ListedMatch): void {
    if (this.#mayBegin || state !== "ACTIVE") return;
    this.#mayBegin = true;
    // Whoever does not come loses the rounds that are played without them.
    this.#timer = setTimeout(() => this.#begin(), this.#pace.joinMs);
    this.#beginWhenAllAreHere();
  }

  /** Lets a player in, or says why not. */
  async join(socket: WebSocket, matchTicket: string): Promise<void> {
    const answer = await this.#line.redeem(matchTicket);
    if (!answer.ok) {
      tell(socket, { type: "refused", code: answer.code });
      return socket.close(closeCodes.refused);
    }
    if (this.#phase === "left") return socket.close(closeCodes.over);
    // Who has gone again meanwhile comes back with a fresh ticket.
    if (socket.readyState !== socket.OPEN) return;
    const { player_id, team } = answer.body;
    this.#present.get(player_id)?.close(closeCodes.elsewhere);
    this.#present.set(player_id, socket);
    socket.on("close", () => {
      if (this.#present.get(player_id) === socket) this.#present.delete(player_id);
    });
    tell(socket, { type: "joined", match_id: this.#listed.match_id, player_id });
    if (this.#roundEndsAt !== null && !this.#game.hasChosen(team)) tell(socket, this.#roundMessage());
    if (this.#phase === "over") tell(socket, { type: "game_over", score: this.#score() });
    this.#beginWhenAllAreHere();
  }

  /** Takes what a player chooses; the other hears of it when the round is over. */
  choose(socket: WebSocket, { round, choice }: Extract<PlayerMessage, { type: "choose" }>): void {
    const player = this.#listed.players.find(({ player_id }) => this.#present.get(player_id) === socket);
    if (player === undefined || this.#roundEndsAt === null) return;
    this.#game.choose({ team: player.team, round, choice });
    if (this.#game.isChosen) this.#endRound();
  }

  /** The match is no longer played here, whoever decided that. */
  leave(): void {
    this.#phase = "left";
    clearTimeout(this.#timer);
    for (const socket of this.#present.values()) socket.close(closeCodes.over);
  }

  #beginWhenAllAreHere(): void {
    if (this.#mayBegin && this.#present.size === this.#listed.players.length) this.#begin();
  }

  #begin(): void {
    if (this.#phase !== "gathering") return;
    this.#phase = "playing";
    this.#beginRound();
  }

  #beginRound(): void {
    this.#roundEndsAt = Date.now() + this.#pace.roundMs;
    this.#after(this.#pace.roundMs, () => this.#endRound());
    this.#tellAll(this.#roundMessage());
  }

  #endRound(): void {
    this.#roundEndsAt = null;
    const { round, choices, winner } = this.#game.endRound();
    this.#tellAll({
      type: "round_over",
      round,
      choices: this.#byPlayer((team) => choices[team] ?? null),
      winner: winner === null ? null : this.#playerOf(winner),
      score: this.#score(),
    });
    if (this.#game.isOver) return this.#end();
    this.#line.tellStanding(this.#teams());
    this.#after(this.#pace.pauseMs, () => this.#beginRound());
  }

  #end(): void {
    this.#phase = "over";
    clearTimeout(this.#timer);
    this.#tellAll({ type: "game_over", score: this.#score() });
    void this.#line.tellResult(this.#teams());
  }

  #after(delayMs: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, delayMs);
  }

  #roundMessage(): GameMessage {
    const choose_within_ms = Math.max(0, (this.#roundEndsAt ?? 0) - Date.now());
    return { type: "round", round: this.#game.round, choose_within_ms };
  }

  #teams() {
    return this.#game.score.map((score, team) => ({ players: [this.#playerOf(team)], score }));
  }

  #score(): Record<string, number> {
    return this.#byPlayer((team) => this.#game.score[team] ?? 0);
  }

  #byPlayer<Value>(of: (team: number) => Value): Record<string, Value> {
    return Object.fromEntries(this.#listed.players.map(({ player_id, team }) => [player_id, of(team)]));
  }

  #playerOf(team: number): string {
    return this.#listed.players.find((player) => player.team === team)?.player_id ?? "";
  }

  #tellAll(message: GameMessage): void {
    for (const socket of this.#present.values()) tell(socket, message);
  }
}

/** Tells one player something. */
export function tell(socket: WebSocket, message: GameMessage): void {
  socket.send(JSON.stringify(message));
}
