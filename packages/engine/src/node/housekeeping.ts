import { type KernelEvent, kernelLimits, levelOf, type Rules, type State, sha256Hex } from "@matchforge/core";
import { engineLimits } from "../limits.ts";
import type { Clock, Dice, Submit } from "../ports.ts";
import { areInForce } from "./are-in-force.ts";

/**
 * What a node does so that shard time moves and the shard has a leader: it appends at least one entry a
 * second, wakes the log when a deadline is due, takes over from a silent leader, and as leader brings in
 * the rules and turns the secret epochs.
 */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  #cancelBeat: () => void = () => {};
  #cancelWake: () => void = () => {};
  #cancelWatch: () => void = () => {};
  #wakeAt = Number.POSITIVE_INFINITY;
  #appliedAt = 0;
  #stopped = false;
  #busy = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#appliedAt = this.#options.clock.now();
    this.#beat();
    this.#watchLeader();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelBeat();
    this.#cancelWake();
    this.#cancelWatch();
  }

  /** Shard time now, as far as this node can tell between two entries. */
  shardTime(): number {
    const sinceMs = Math.min(this.#options.clock.now() - this.#appliedAt, kernelLimits.maxStepMs);
    return Math.floor(this.#options.state().time + sinceMs);
  }

  /** Called after every applied entry. */
  applied(events: readonly KernelEvent[]): void {
    this.#appliedAt = this.#options.clock.now();
    if (this.#options.leads()) return this.#planWake();
    const isVacant = events.some(({ type }) => type === "node.draining" || type === "node.lost");
    if (isVacant) void this.#lead();
  }

  #beat(): void {
    if (this.#stopped) return;
    const { clock, submit, lastAppendAt, alive } = this.#options;
    const silentMs = clock.now() - lastAppendAt();
    if (!alive()) this.#options.rejoin();
    else if (silentMs >= engineLimits.aliveEveryMs) void submit({ type: "node.alive" });
    void this.#lead();
    const pauseMs =
      silentMs >= engineLimits.aliveEveryMs
        ? engineLimits.aliveEveryMs
        : engineLimits.aliveEveryMs - silentMs;
    this.#cancelBeat = clock.after(Math.max(pauseMs, engineLimits.wakeSpacingMs), () => this.#beat());
  }

  /** The leader lets deadlines fire on time although nothing else happens. */
  #planWake(): void {
    const { clock, state } = this.#options;
    const deadline = state().deadlines.first()?.deadline ?? Number.POSITIVE_INFINITY;
    if (deadline === this.#wakeAt) return;
    this.#cancelWake();
    this.#wakeAt = deadline;
    if (deadline === Number.POSITIVE_INFINITY) return;
    const inMs = Math.max(deadline - this.shardTime() + 1, engineLimits.wakeSpacingMs);
    if (inMs > engineLimits.aliveEveryMs) {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      return;
    }
    this.#cancelWake = clock.after(inMs, () => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      if (!this.#stopped && this.#options.leads()) void this.#options.submit({ type: "node.alive" });
    });
  }

  /** A leader that falls silent is replaced as soon as the kernel allows it. */
  #watchLeader(): void {
    const { clock, state } = this.#options;
    const { leader, nodes } = state();
    const heardAt = (leader === null ? undefined : nodes.get(leader))?.lastEntryAt ?? this.shardTime();
    const leftMs = heardAt + kernelLimits.leaderLostAfterMs - this.shardTime();
    if (leftMs <= 0) void this.#lead();
    this.#cancelWatch = clock.after(leftMs > 0 ? leftMs : engineLimits.leadRetryMs, () =>
      this.#watchLeader(),
    );
  }

  async #lead(): Promise<void> {
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    try {
      await this.takeLead();
      if (this.#options.leads()) await this.#govern();
    } finally {
      this.#busy = false;
    }
  }

  /** Appends `node.lead` when there is no leader or it has been silent too long. */
  async takeLead(): Promise<void> {
    const state = this.#options.state();
    const leader = state.leader === null ? undefined : state.nodes.get(state.leader);
    const silent =
      leader === undefined || this.shardTime() - leader.lastEntryAt >= kernelLimits.leaderLostAfterMs;
    if (silent || leader.draining) await this.#options.submit({ type: "node.lead" });
  }

  /** Brings the shard's rules and secret epochs up to date. */
  async #govern(): Promise<void> {
    const { state, submit, rules, dice } = this.#options;
    const { term, level } = state();
    const next = highestLevel([...state().nodes.values()].map(({ levels }) => levels));
    if (next > level) await submit({ type: "kernel.level", term, level: next });
    // Those of an operator hold whoever leads.
    const mayBring = rules !== undefined && state().rulesBy === undefined && levelOf(rules) <= state().level;
    if (mayBring && !areInForce(rules, state())) await submit({ type: "rules.configure", rules });
    const epochs = [...state().secretEpochs.values()];
    const newest = epochs.at(-1);
    if (newest === undefined || state().time - newest.openedAt >= kernelLimits.secretEpochMs) {
      const number = (newest?.number ?? 0) + 1;
      await submit({ type: "epoch.open", term, number, hash: sha256Hex(dice.secretOf(number)) });
    }
    for (const epoch of epochs) {
      if (epoch === newest || epoch.uses > 0) continue;
      await submit({ type: "epoch.reveal", term, number: epoch.number, secret: dice.secretOf(epoch.number) });
    }
  }

  /** The first beat as leader, awaited at start so that a lone node is ready to serve. */
  async settleIn(): Promise<void> {
    await this.#lead();
  }
}

/** The highest level that all can replay. */
function highestLevel([first = [], ...others]: readonly (readonly number[])[]): number {
  return Math.max(0, ...first.filter((level) => others.every((levels) => levels.includes(level))));
}

export interface HousekeepingOptions {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly state: () => State;
  readonly leads: () => boolean;
  /** Whether the shard counts this node among its own. */
  readonly alive: () => boolean;
  /** Asks to be let in again. */
  readonly rejoin: () => void;
  readonly submit: Submit;
  readonly lastAppendAt: () => number;
  /** The rules this node brings when it leads; undefined leaves the shard's rules alone. */
  readonly rules: Rules | undefined;
}
