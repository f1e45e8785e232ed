import { type ModeRules, type PlayerId, type RecentOpponent, recentOpponentsMax } from "@matchforge/core";

/** Whom players met, for rematch avoidance. Kept only where the rules ask, and only as long as it matters. */
export class RecentOpponents {
  /** How long a match of these rules can matter after it was formed. */
  readonly #spanMs: number;
  #newer = new Map<PlayerId, readonly RecentOpponent[]>();
  /** What was written in the span before; what is older matters to nobody. */
  #older = new Map<PlayerId, readonly RecentOpponent[]>();
  #newerSince = 0;

  constructor(modes: readonly ModeRules[]) {
    const avoidedMs = Math.max(0, ...modes.map(({ search }) => search.avoidRematch?.forMs ?? 0));
    this.#spanMs = avoidedMs === 0 ? 0 : avoidedMs + Math.max(...modes.map(lengthMs));
  }

  /**
   * What a player who queues at a time remembers. A match counts from its end, which is not simulated: it is
   * taken to have lasted its full time, but to be over when its player queues again.
   */
  of(player: PlayerId, at: number): readonly RecentOpponent[] {
    const met = this.#metBy(player);
    return met.length === 0 ? met : met.map((one) => (one.at <= at ? one : { ...one, at }));
  }

  /** Counts a match formed at a time, between teams of players. */
  matchFormed(teams: readonly (readonly PlayerId[])[], { mode, at }: { mode: ModeRules; at: number }): void {
    if (this.#spanMs === 0) return;
    if (at - this.#newerSince >= this.#spanMs) {
      this.#older = this.#newer;
      this.#newer = new Map();
      this.#newerSince = at;
    }
    for (const [own, team] of teams.entries()) {
      const opponents = teams.flatMap((players, other) => (other === own ? [] : players));
      const met = opponents.map((playerId) => ({ playerId, at: at + lengthMs(mode) }));
      for (const player of team)
        this.#newer.set(player, [...this.#metBy(player), ...met].slice(-recentOpponentsMax));
    }
  }

  #metBy(player: PlayerId): readonly RecentOpponent[] {
    return this.#newer.get(player) ?? this.#older.get(player) ?? nobody;
  }
}

function lengthMs({ countdownMs, durationMs }: ModeRules): number {
  return countdownMs + durationMs;
}

const nobody: readonly RecentOpponent[] = [];
