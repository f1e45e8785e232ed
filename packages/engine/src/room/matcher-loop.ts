import {
  type Command,
  type Entry,
  type KernelEvent,
  kernelLimits,
  type MatcherPropose,
  type ModeRules,
  type Pool,
  type PoolKey,
  PoolWaves,
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
  readonly #waves = new Map<PoolKey, PoolWaves>();
  readonly #proposed = new Set<TicketId>();
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
    this.#waves.clear();
    this.#proposed.clear();
    for (const pool of this.#options.state().pools.values()) this.#wavesOf(pool.key)?.startOver();
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
    for (const standing of ticket.standings) this.#wavesOf(standing.pool)?.touch(standing);
  }

  #wavesOf(key: PoolKey): PoolWaves | undefined {
    const known = this.#waves.get(key);
    if (known !== undefined) return known;
    const pool = this.#options.state().pools.get(key);
    const mode = pool && this.#modeOf(pool);
    if (pool === undefined || mode === undefined) return undefined;
    const waves = new PoolWaves(pool, mode);
    this.#waves.set(key, waves);
    return waves;
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
    let nextInMs = Number.POSITIVE_INFINITY;
    const waves = [...this.#waves.values()].sort((a, b) => a.mode.priority - b.mode.priority);
    for (const wave of waves) {
      const waitMs = wave.dueInMs(now, at);
      if (waitMs > 0) {
        nextInMs = Math.min(nextInMs, waitMs);
        continue;
      }
      const proposals = this.#wave(wave, now, at);
      for (const proposal of proposals) submit(proposal);
      nextInMs = Math.min(nextInMs, Math.max(wave.dueInMs(now, at), 1));
    }
    this.#setTimer(now, nextInMs);
  }

  #wave(wave: PoolWaves, now: number, at: number): Command[] {
    const state = this.#options.state();
    const live = state.liveMatches.get(wave.mode.id) ?? 0;
    const matchesMax = Math.min(wave.mode.matchesPerWaveMax, wave.mode.maxLiveMatches - live);
    const found = wave.run({
      now,
      at,
      matchesMax,
      budget: engineLimits.waveBudget,
      skip: (ticket) => this.#proposed.has(ticket),
    });
    const secretEpoch = [...state.secretEpochs.keys()].at(-1);
    if (secretEpoch === undefined) return [];
    return found.map(({ tickets, quality }): Command => {
      const [first, second] = tickets;
      this.#proposed.add(first).add(second);
      const match = this.#options.ids.next("match");
      const tier = wave.pool.tier;
      const typed = wave.mode.game === "typing_duel";
      return {
        type: "matcher.propose",
        term: state.term,
        match,
        pool: wave.pool.key,
        rulesVersion: state.rulesVersion,
        teams: [[first], [second]],
        quality,
        secretEpoch,
        commitment: typed ? duelCommitment(this.#options.dice, { id: match, secretEpoch, tier }) : null,
      };
    });
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

export interface MatcherLoopOptions {
  readonly state: () => State;
  readonly leads: () => boolean;
  readonly submit: (command: Command) => void;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly ids: Ids;
}
