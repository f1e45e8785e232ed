import type { Command, Entry, KernelEvent, Rules, State } from "@matchforge/core";
import { type Archive, type Log, StoreError } from "@matchforge/stores";
import { createSecretDice, EngineNode, EngineRoom, ledgerChain, type Outcome } from "matchforge";
import type { FaultCounts } from "../faults/fault-counts.ts";
import { FaultyLog, type LogFaultRates } from "../faults/faulty-log.ts";
import { NodeClock } from "../time/node-clock.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";

const snapshotEveryEntries = 400;

/** One coordinator of the world: it runs, pauses, loses its line to the log, crashes and starts again. */
export class SimulatedNode {
  readonly name: string;
  readonly #options: SimulatedNodeOptions;
  #boots = 0;
  #clock: NodeClock | null = null;
  #log: FaultyLog | null = null;
  #engine: EngineNode | null = null;
  #up = false;

  constructor(options: SimulatedNodeOptions) {
    this.#options = options;
    this.name = options.name;
  }

  /** Whether players can reach it. */
  get reachable(): boolean {
    return this.#up && this.#clock !== null && !this.#clock.paused && (this.#engine?.alive ?? false);
  }

  get key(): EngineNode["key"] {
    return (this.#engine as EngineNode).key;
  }

  get state(): State {
    return (this.#engine as EngineNode).state;
  }

  get boot(): number {
    return this.#boots;
  }

  /** Appends a command here; never resolves when this run of the node crashes first. */
  submit(command: Command): Promise<Outcome> {
    return (this.#engine as EngineNode).submit(command);
  }

  async start(): Promise<void> {
    const { time, random, log, archive, counts, rates, rules, problems } = this.#options;
    this.#boots += 1;
    const boot = this.#boots;
    const clock = new NodeClock({ time, rate: 1 + (random.fraction() - 0.5) / 500 });
    const line = new FaultyLog({ log: log(), time, random: random.fork(), counts, rates });
    this.#clock = clock;
    this.#log = line;
    const dice = createSecretDice("5eed".repeat(16));
    const engine = new EngineNode({
      log: line,
      name: this.name,
      boot: `boot${boot}`,
      clock,
      dice,
      chain: ledgerChain,
      rules,
      shared: true,
      snapshotAtMost: await archive.cursor(),
      report: () => {},
      onFatal: (error) => this.#died(boot, error),
    });
    this.#engine = engine;
    let serial = 0;
    const room = new EngineRoom({
      state: () => engine.state,
      node: engine.key,
      log: line,
      archive,
      clock,
      dice,
      ids: {
        next: (prefix) => {
          serial += 1;
          return `${prefix}_${this.name}x${boot}x${serial}`;
        },
      },
      submit: (command) => void engine.submit(command),
      report: ({ code, detail }) => {
        if (code !== "STORE_UNAVAILABLE" && code !== "ARCHIVE_UNAVAILABLE")
          problems(`${engine.key}: ${code} ${detail}`);
      },
      snapshotEveryEntries,
    });
    engine.replica.onApplied((entry, events) => {
      if (clock.dead) return;
      room.applied(entry, events);
      this.#options.onApplied(this, entry, events);
    });
    try {
      await room.start();
      await engine.start();
      if (!clock.dead) this.#up = true;
    } catch (error) {
      this.#died(boot, error);
    }
  }

  /** Gone from one moment to the next. */
  crash(): void {
    this.#up = false;
    this.#clock?.kill();
    this.#log?.kill();
    this.#options.onCrashed(this);
  }

  pause(forMs: number): void {
    this.#clock?.pause(forMs);
  }

  cut(forMs: number): void {
    this.#log?.cut(forMs);
  }

  /** A store that fails or has moved on takes a node down, as an operator would see it; the rest are bugs. */
  #died(boot: number, error: unknown): void {
    if (boot !== this.#boots || this.#clock?.dead) return;
    if (!(error instanceof StoreError))
      this.#options.problems(`${this.name} died: ${(error as Error).stack}`);
    this.crash();
    this.#options.time.after(1_000, () => void this.start());
  }
}

export interface SimulatedNodeOptions {
  readonly name: string;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly log: () => Log;
  readonly archive: Archive;
  readonly rules: Rules;
  readonly counts: FaultCounts;
  readonly rates: LogFaultRates;
  readonly onApplied: (node: SimulatedNode, entry: Entry, events: readonly KernelEvent[]) => void;
  readonly onCrashed: (node: SimulatedNode) => void;
  readonly problems: (problem: string) => void;
}
