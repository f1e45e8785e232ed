import {
  currentMode,
  type FormedMatch,
  type MatcherViolation,
  type MatchingPlugins,
  type ModeRules,
  openRounds,
  type Pool,
  type PoolKey,
  type RefusalCode,
  type State,
  type TicketId,
  type WaveRequest,
  type Waves,
  wavesOf,
} from "@matchforge/core";
import { engineLimits } from "../limits.ts";

/** The pools that a matcher has met, each with the waves of its mode. */
export class WatchedPools {
  readonly #options: WatchedPoolsOptions;
  readonly #pools = new Map<PoolKey, WatchedPool>();

  constructor(options: WatchedPoolsOptions) {
    this.#options = options;
  }

  /** Every waiting ticket of every pool is to be looked at, under the rules in force. */
  startOver(): void {
    this.#pools.clear();
    for (const { key } of this.#options.state().pools.values()) this.#watched(key)?.waves.startOver();
  }

  /** Something about a ticket changed. */
  touch(id: TicketId): void {
    const ticket = this.#options.state().tickets.get(id);
    if (ticket === undefined || ticket.state !== "waiting") return;
    for (const standing of ticket.standings) this.#watched(standing.pool)?.waves.touch(standing);
  }

  /** In the order in which their waves run. */
  byPriority(): WatchedPool[] {
    return [...this.#pools.values()].sort((left, right) => left.mode.priority - right.mode.priority);
  }

  /** A pool that was met before. */
  find(key: PoolKey): WatchedPool | undefined {
    return this.#pools.get(key);
  }

  /** The pools of a mode that were met before. */
  ofMode(id: ModeRules["id"]): WatchedPool[] {
    return [...this.#pools.values()].filter(({ mode }) => mode.id === id);
  }

  #watched(key: PoolKey): WatchedPool | undefined {
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const state = this.#options.state();
    const pool = state.pools.get(key);
    const mode = pool && currentMode(state, pool.mode);
    if (pool === undefined || mode === undefined) return undefined;
    const rounds = () => openRounds(this.#options.state(), key);
    const customOf = (id: TicketId) => this.#options.state().tickets.get(id)?.custom;
    const waves = wavesOf(mode, { ...pool, rounds, customOf }, this.#options.matching);
    const watched = new WatchedPool({ pool, mode, waves, measureMs: this.#options.measureMs });
    this.#pools.set(key, watched);
    return watched;
  }
}

/** What no race with other entries explains. */
const wrongs: ReadonlySet<RefusalCode> = new Set([
  "CONSTRAINTS_NOT_SATISFIED",
  "INVALID_CONFIGURATION",
  "QUEUE_NOT_FOUND",
]);

/** What a wave led to. */
export interface WaveOutcome {
  readonly matches: readonly FormedMatch[];
  /** Why the mode is left alone for a while; null when all went well. */
  readonly trouble: { readonly code: MatcherViolation["code"]; readonly detail: string } | null;
}

/** A pool, the rules of its mode, and its waves. A matcher that fails or takes too long is left alone for ever longer times. */
export class WatchedPool {
  readonly pool: Pool;
  readonly mode: ModeRules;
  readonly waves: Waves;
  readonly #measureMs: () => number;
  #failures = 0;
  #shortages = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: { pool: Pool; mode: ModeRules; waves: Waves; measureMs: () => number }) {
    this.pool = options.pool;
    this.mode = options.mode;
    this.waves = options.waves;
    this.#measureMs = options.measureMs;
  }

  dueInMs(now: number, at: number): number {
    return Math.max(this.#pausedUntil - now, this.waves.dueInMs(now, at));
  }

  run(request: WaveRequest): WaveOutcome {
    const startedMs = this.#measureMs();
    try {
      const matches = this.waves.run(request);
      const tookMs = this.#measureMs() - startedMs;
      const isOwn = this.mode.matcher !== null || this.mode.teamAssigner !== null;
      if (!isOwn || tookMs <= engineLimits.pluginWaveMs) return { matches, trouble: null };
      const detail = `the matcher of ${this.mode.id} took ${Math.round(tookMs)} ms`;
      return { matches, trouble: this.#pause(request.now, { code: "MATCHER_OVERRAN", detail }) };
    } catch (error) {
      const why = error instanceof Error ? error.message : "unknown";
      const detail = `the matcher of ${this.mode.id} failed: ${why}`;
      this.waves.startOver();
      return { matches: [], trouble: this.#pause(request.now, { code: "MATCHER_FAILED", detail }) };
    }
  }

  /** A proposal was judged. One that breaks the mode's rules is a failure: proposed again at once, it would be for ever. */
  judged(code: RefusalCode | null, now: number): WaveOutcome["trouble"] {
    if (code === null) this.#failures = 0;
    if (code === null || !wrongs.has(code)) return null;
    const detail = `a match of ${this.mode.id} was refused: ${code}`;
    return now < this.#pausedUntil ? null : this.#pause(now, { code: "MATCHER_REFUSED", detail });
  }

  /**
   * No server was found for a match: its players stand at the front again, and would be matched for nothing. They wait
   * for ever longer times until somebody gets a server.
   */
  shortOfServers(now: number): void {
    if (now < this.#pausedUntil) return;
    const { pauseMs, shortageMsMax } = engineLimits;
    this.#pausedUntil = now + Math.min(shortageMsMax, pauseMs * 2 ** this.#shortages);
    this.#shortages += 1;
  }

  /** A match got its server. */
  served(): void {
    this.#shortages = 0;
  }

  #pause<Trouble>(now: number, trouble: Trouble): Trouble {
    const { pauseMs, pauseMsMax } = engineLimits;
    this.#pausedUntil = now + Math.min(pauseMsMax, pauseMs * 2 ** this.#failures);
    this.#failures += 1;
    return trouble;
  }
}

interface WatchedPoolsOptions {
  readonly state: () => State;
  readonly matching?: MatchingPlugins;
  readonly measureMs: () => number;
}
