import {
  type Command,
  type Entry,
  type KernelEvent,
  kernelLimits,
  type MatcherPropose,
  type ModeRules,
  type Pair,
  type Pool,
  type PoolKey,
  PoolWaves,
  pairCostSecs,
  type State,
  type TicketId,
} from "@matchforge/core";
import { duelCommitment } from "../dice/duel-text.ts";
import { engineLimits } from "../limits.ts";
import type { Clock, Dice, Ids } from "../ports.ts";

/**
 * Forms matches while its node leads: a wave runs at once when a pool changed and its last wave is old
 * enough, else as soon as it is. It only ever suggests; the kernel judges every proposal.
 */
export class MatcherLoop {
  readonly #options: MatcherLoopOptions;
  readonly #pools = new Map<PoolKey, WatchedPool>();
  /** Tickets in proposals that the kernel has not judged yet, and until when to wait for that. */
  readonly #proposed = new Map<TicketId, number>();
  #cancelTimer: () => void = () => {};
  #timerAt = Number.POSITIVE_INFINITY;
  #appliedAt = 0;
  #led = false;
  #rulesVersion = 0;
  #planned = false;

  constructor(options: MatcherLoopOptions) {
    this.#options = options;
  }

  /** Called after every applied entry. */
  applied(entry: Entry, events: readonly KernelEvent[]): void {
    this.#appliedAt = this.#options.clock.now();
    if (entry.command.type === "matcher.propose") this.#answered(entry.command, events);
    const leads = this.#options.leads();
    if (leads && (!this.#led || this.#rulesVersion !== this.#options.state().rulesVersion)) this.#startOver();
    this.#led = leads;
    if (!leads) return;
    for (const event of events) this.#notice(event);
    this.#plan();
  }

  stop(): void {
    this.#led = false;
    this.#cancelTimer();
  }

  /** A fresh leader, or new rules: every waiting ticket is looked at again. */
  #startOver(): void {
    this.#rulesVersion = this.#options.state().rulesVersion;
    this.#pools.clear();
    this.#proposed.clear();
    for (const pool of this.#options.state().pools.values()) this.#watched(pool.key)?.waves.startOver();
  }

  #answered(proposal: MatcherPropose, events: readonly KernelEvent[]): void {
    const refused = events.some((event) => event.type === "refused" && event.command === "matcher.propose");
    for (const team of proposal.teams) {
      for (const ticket of team) {
        this.#proposed.delete(ticket);
        if (refused) this.#touch(ticket);
      }
    }
  }

  #notice(event: KernelEvent): void {
    switch (event.type) {
      case "ticket.queued":
        return this.#touch(event.ticket);
      case "match.cancelled":
        for (const fate of event.fates) if (fate.ended === null) this.#touch(fate.ticket);
        return;
      case "player.connected": {
        const ticket = this.#options.state().players.get(event.player)?.ticket;
        if (ticket) this.#touch(ticket);
        return;
      }
    }
  }

  #touch(id: TicketId): void {
    const ticket = this.#options.state().tickets.get(id);
    if (ticket === undefined || ticket.state !== "waiting") return;
    for (const standing of ticket.standings) this.#watched(standing.pool)?.waves.touch(standing);
  }

  #watched(key: PoolKey): WatchedPool | undefined {
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const pool = this.#options.state().pools.get(key);
    const mode = pool && this.#modeOf(pool);
    if (pool === undefined || mode === undefined) return undefined;
    const { search, waveMs } = mode;
    const watched = {
      pool,
      mode,
      waves: new PoolWaves({ index: pool.index, search, waveMs, traffic: pool.traffic }),
    };
    this.#pools.set(key, watched);
    return watched;
  }

  #modeOf(pool: Pool): ModeRules | undefined {
    const state = this.#options.state();
    return state.rules.get(state.rulesVersion)?.modes.find((mode) => mode.id === pool.mode);
  }

  /** One look at all pools per turn, however many entries the turn brought. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#options.clock.soon(() => {
      this.#planned = false;
      if (this.#led) this.#runDue();
    });
  }

  #runDue(): void {
    const { clock, submit } = this.#options;
    const at = this.#shardTime();
    const now = clock.now();
    this.#forgetUnanswered(now);
    let nextInMs = Number.POSITIVE_INFINITY;
    const pools = [...this.#pools.values()].sort((a, b) => a.mode.priority - b.mode.priority);
    for (const watched of pools) {
      const waitMs = watched.waves.dueInMs(now, at);
      if (waitMs > 0) {
        nextInMs = Math.min(nextInMs, waitMs);
        continue;
      }
      for (const proposal of this.#wave(watched, now, at)) submit(proposal);
      nextInMs = Math.min(nextInMs, Math.max(watched.waves.dueInMs(now, at), 1));
    }
    this.#setTimer(now, nextInMs);
  }

  /** A proposal that never reached the log must not keep its tickets from being matched. */
  #forgetUnanswered(now: number): void {
    for (const [ticket, until] of this.#proposed) {
      if (until > now) return;
      this.#proposed.delete(ticket);
      this.#touch(ticket);
    }
  }

  #wave({ pool, mode, waves }: WatchedPool, now: number, at: number): Command[] {
    const state = this.#options.state();
    const secretEpoch = [...state.secretEpochs.keys()].at(-1);
    if (secretEpoch === undefined) return [];
    const live = state.liveMatches.get(mode.id) ?? 0;
    const pairs = waves.run({
      now,
      at,
      pairsMax: Math.min(mode.matchesPerWaveMax, Math.max(0, mode.maxLiveMatches - live)),
      budget: engineLimits.waveBudget,
      skip: (standing) => this.#proposed.has(standing.ticketId),
    });
    const until = now + engineLimits.proposalAnswerMs;
    return pairs.map((pair): Command => {
      this.#proposed.set(pair.first.ticketId, until).set(pair.second.ticketId, until);
      return this.#proposal(pair, { pool, mode, secretEpoch });
    });
  }

  #proposal(
    { first, second, gap, considered }: Pair,
    { pool, mode, secretEpoch }: { pool: Pool; mode: ModeRules; secretEpoch: number },
  ): MatcherPropose {
    const state = this.#options.state();
    const match = this.#options.ids.next("match");
    const typed = mode.game === "typing_duel";
    return {
      type: "matcher.propose",
      term: state.term,
      match,
      pool: pool.key,
      rulesVersion: state.rulesVersion,
      teams: [[first.ticketId], [second.ticketId]],
      quality: { costSecs: pairCostSecs(gap, mode.search), ratingGap: gap, considered },
      secretEpoch,
      commitment: typed
        ? duelCommitment(this.#options.dice, { id: match, secretEpoch, tier: pool.tier })
        : null,
    };
  }

  #setTimer(now: number, inMs: number): void {
    const at = now + inMs;
    if (at === this.#timerAt) return;
    this.#cancelTimer();
    this.#timerAt = at;
    if (inMs === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#options.clock.after(inMs, () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      if (this.#led) this.#runDue();
    });
  }

  /** Shard time now: a little behind, so that a proposal is never judged before its time. */
  #shardTime(): number {
    const sinceMs = Math.min(this.#options.clock.now() - this.#appliedAt, kernelLimits.maxStepMs);
    return Math.max(this.#options.state().time, Math.floor(this.#options.state().time + sinceMs) - 1);
  }
}

/** A pool, the rules of its mode, and its waves. */
interface WatchedPool {
  readonly pool: Pool;
  readonly mode: ModeRules;
  readonly waves: PoolWaves;
}

export interface MatcherLoopOptions {
  readonly state: () => State;
  readonly leads: () => boolean;
  readonly submit: (command: Command) => void;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly ids: Ids;
}
