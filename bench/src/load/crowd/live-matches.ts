import type { Duelist } from "./duelist.ts";

/** A match as its players know it. */
export interface LiveMatch {
  readonly id: string;
  readonly players: Duelist[];
  acceptedAt: number | null;
  isPlaying: boolean;
}

/** The matches whose players belong to one load process, which therefore knows both sides. */
export class LiveMatches {
  readonly #matches = new Map<string, LiveMatch>();
  #playing = 0;

  /** Matches that have started and not ended. */
  get playing(): number {
    return this.#playing;
  }

  /** A player was told of a match. */
  joined(id: string, player: Duelist): LiveMatch {
    const known = this.#matches.get(id) ?? { id, players: [], acceptedAt: null, isPlaying: false };
    this.#matches.set(id, known);
    if (!known.players.includes(player)) known.players.push(player);
    return known;
  }

  started(match: LiveMatch): void {
    if (match.isPlaying) return;
    match.isPlaying = true;
    this.#playing += 1;
  }

  /** Answers whether this is news: both players tell the end. */
  ended(match: LiveMatch): boolean {
    if (!this.#matches.delete(match.id)) return false;
    if (match.isPlaying) this.#playing -= 1;
    return true;
  }
}
