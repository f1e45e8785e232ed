import type { Command, State } from "@matchforge/core";
import { type Archive, type Log, StoreError } from "@matchforge/stores";
import { EngineError, type EngineNode, type Outcome } from "matchforge";
import type { Passage } from "../faults/line.ts";
import type { Random } from "../time/random.ts";
import { NodeRun, type NodeRunOptions } from "./node-run.ts";

/** What a supervisor waits before it starts a node again that ended by itself. */
const restartMs = 2_000;
/** Whoever has not come to rest by then is killed. */
const drainWithinMs = 30_000;

/** One coordinator of the world, through all its runs: it crashes, is drained, and starts again. */
export class SimulatedNode {
  readonly name: string;
  readonly #options: SimulatedNodeOptions;
  #boots = 0;
  #run: NodeRun | null = null;
  #levels: readonly number[];
  #isRemoved = false;

  constructor(options: SimulatedNodeOptions) {
    this.#options = options;
    this.name = options.name;
    this.#levels = options.levels;
  }

  /** Whether players can reach it. */
  get reachable(): boolean {
    return this.#run?.reachable ?? false;
  }

  get isRunning(): boolean {
    return this.#run !== null;
  }

  get key(): EngineNode["key"] {
    return this.run.engine.key;
  }

  get state(): State {
    return this.run.state;
  }

  /** The run that goes on, to tell whether it is still the same. */
  get run(): NodeRun {
    return this.#run as NodeRun;
  }

  /** Whether it leads, as far as it knows. */
  get leads(): boolean {
    return this.#run?.reachable === true && this.#run.engine.leads;
  }

  /** Appends a command here; never resolves when this run of the node ends first. */
  submit(command: Command): Promise<Outcome> {
    return this.run.submit(command);
  }

  /** The next run is of a build that knows these kernel levels. */
  install(levels: readonly number[]): void {
    this.#levels = levels;
  }

  /** Starts the node, unless it runs. */
  start(): void {
    if (this.#run !== null || this.#isRemoved) return;
    this.#boots += 1;
    if (this.#options.isOldBuild(this.#levels)) this.#options.counts.add("old_build");
    const { name, log, archive, rules, random, bootPrefix = "boot", ...rest } = this.#options;
    this.#run = new NodeRun({
      ...rest,
      name,
      boot: `${bootPrefix}${this.#boots}`,
      random: random.fork(),
      log: log(),
      archive: archive(),
      rules: rules(this.#levels),
      levels: this.#levels,
      onEnded: (run, error) => this.#ended(run, error),
    });
    void this.#run.start();
    this.#options.onStarted();
  }

  /** Gone from one moment to the next, for so long. */
  crash(forMs: number): void {
    const run = this.#run;
    if (run === null) return;
    this.#run = null;
    run.end();
    this.#options.onGone(this);
    this.#options.time.after(forMs, () => this.start());
  }

  pause(forMs: number): void {
    this.#run?.clock.pause(forMs);
  }

  /** Nothing of this kind passes over its line for a while. */
  cut(passages: readonly Passage[], forMs: number): void {
    this.#run?.line.cut(passages, forMs);
  }

  /** Its line takes seconds for everything. */
  slow(forMs: number): void {
    this.#run?.line.slow(forMs);
  }

  /** Stops as under SIGTERM and starts again after `forMs`. Resolves when it has stopped. */
  async restart(forMs: number): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    const { time, onGone } = this.#options;
    const cancel = time.after(drainWithinMs, () => {
      if (this.#run === run) this.crash(forMs);
    });
    await run.drain();
    cancel();
    if (this.#run !== run) return;
    this.#run = null;
    onGone(this);
    time.after(forMs, () => this.start());
  }

  /** Ends for good. */
  remove(): void {
    this.#isRemoved = true;
    this.#run?.end();
    this.#run = null;
  }

  /** A store that fails or has moved on takes a node down, as an operator would see it; the rest are bugs. */
  #ended(run: NodeRun, error: unknown): void {
    if (run !== this.#run || run.clock.dead) return;
    const code = error instanceof StoreError || error instanceof EngineError ? error.code : "";
    if (error !== null && !expected.has(code))
      this.#options.problems(`${this.name} died: ${(error as Error).stack}`);
    if (code === "LEVEL_NOT_SUPPORTED") this.#options.onRefused(this);
    this.crash(restartMs);
  }
}

/** What a node dies of that fell too far behind, found no store when it started, is too old, or has a twin. */
const expected: ReadonlySet<string> = new Set([
  "STORE_UNAVAILABLE",
  "TRIMMED",
  "LEVEL_NOT_SUPPORTED",
  "NAME_TAKEN",
]);

export interface SimulatedNodeOptions
  extends Omit<NodeRunOptions, "boot" | "log" | "archive" | "rules" | "onEnded"> {
  /** Tells the runs of two nodes of one name apart. */
  readonly bootPrefix?: string;
  readonly random: Random;
  readonly log: () => Log;
  readonly archive: () => Archive;
  /** The rules with which the next run starts, of a build that knows these levels. */
  readonly rules: (levels: readonly number[]) => NodeRunOptions["rules"];
  /** Whether a build that knows these levels is older than the newest. */
  readonly isOldBuild: (levels: readonly number[]) => boolean;
  readonly onStarted: () => void;
  readonly onGone: (node: SimulatedNode) => void;
  /** Its build is too old for the shard. */
  readonly onRefused: (node: SimulatedNode) => void;
}
