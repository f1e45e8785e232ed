import {
  brokenInvariants,
  type Command,
  type Entry,
  type KernelEvent,
  type Rules,
  type State,
} from "@matchforge/core";
import type { Archive, Log } from "@matchforge/stores";
import { createSecretDice, EngineNode, EngineRoom, type Outcome } from "matchforge";
import type { FaultCounts } from "../faults/fault-counts.ts";
import { FaultyAllocator } from "../faults/faulty-allocator.ts";
import { FaultyArchive } from "../faults/faulty-archive.ts";
import { FaultyChain } from "../faults/faulty-chain.ts";
import { FaultyLog } from "../faults/faulty-log.ts";
import { Line } from "../faults/line.ts";
import type { StoreOutage } from "../faults/store-outage.ts";
import type { Fleet } from "../servers/fleet.ts";
import { NodeClock } from "../time/node-clock.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";

const snapshotEveryEntries = 1_000;
const hashEveryEntries = 1_000;
/** How much faster or slower than others a clock ticks at most: ten times what machines do. */
const driftMax = 0.001;

/** One run of a node, from its start to its end: an engine and its room, a clock and lines of its own. */
export class NodeRun {
  readonly clock: NodeClock;
  /** How far its clock is off. */
  readonly skewMs: number;
  readonly line: Line;
  readonly #archiveLine: Line;
  readonly #options: NodeRunOptions;
  readonly #log: FaultyLog;
  readonly #archive: FaultyArchive;
  readonly #chain: FaultyChain;
  readonly #lender: FaultyAllocator;
  #engine: EngineNode | null = null;
  #room: EngineRoom | null = null;
  /** When whatever has no answer yet was asked, oldest first. */
  readonly #asked = new Set<{ readonly at: number }>();
  #up = false;

  constructor(options: NodeRunOptions) {
    const { time, random, outage, archiveOutage, counts } = options;
    this.#options = options;
    this.skewMs = random.between(-options.skewMs, options.skewMs);
    const rate = 1 + (2 * random.fraction() - 1) * driftMax;
    this.clock = new NodeClock({ time, rate, skewMs: this.skewMs });
    const { clock } = this;
    this.line = new Line({ time, clock, random: random.fork(), outage });
    this.#archiveLine = new Line({ time, clock, random: random.fork(), outage });
    const onTorn = () => options.onEnded(this, null);
    const shared = { time, clock, counts };
    const { reach } = options;
    this.#log = new FaultyLog({
      reach,
      outage,
      log: options.log,
      line: this.line,
      random: random.fork(),
      onTorn,
      ...shared,
    });
    this.#chain = new FaultyChain({ random: random.fork(), ...shared });
    const { provider } = options.fleet;
    this.#lender = new FaultyAllocator({ provider, random: random.fork(), ...shared });
    this.#archive = new FaultyArchive({
      archive: options.archive,
      line: this.#archiveLine,
      random: random.fork(),
      outage: archiveOutage,
      ...shared,
    });
  }

  /** Whether players can reach it. */
  get reachable(): boolean {
    return this.#up && !this.clock.paused && this.engine.alive;
  }

  get engine(): EngineNode {
    return this.#engine as EngineNode;
  }

  get state(): State {
    return this.engine.state;
  }

  /** Appends a command; never resolves when this run ends first. */
  async submit(command: Command): Promise<Outcome> {
    const asked = { at: this.#options.time.now };
    this.#asked.add(asked);
    const outcome = await this.engine.submit(command);
    this.#asked.delete(asked);
    return outcome;
  }

  /** Since when somebody waits for an answer; Infinity: nobody does. */
  get unansweredSince(): number {
    const [first] = this.#asked;
    return first?.at ?? Number.POSITIVE_INFINITY;
  }

  async start(): Promise<void> {
    const { onEnded } = this.#options;
    try {
      const engine = this.#createEngine(await this.#archive.cursor());
      const room = this.#createRoom(engine);
      this.#engine = engine;
      this.#room = room;
      engine.replica.onApplied((entry, events) => {
        if (this.clock.dead) return;
        room.applied(entry, events);
        this.#options.onApplied(this, entry, events);
        if (events.some((event) => event.type === "node.lost" && event.node === engine.key))
          this.#options.reach("H3");
      });
      await room.start();
      await engine.start();
      for (const sentence of brokenInvariants(engine.state))
        this.#options.problems(`${engine.key} begins broken: ${sentence}`);
      this.#up = !this.clock.dead;
    } catch (error) {
      onEnded(this, error);
    }
  }

  /** As under SIGTERM: players are handed over, somebody else leads, then it falls silent. */
  async drain(): Promise<void> {
    const stopping = this.#engine?.stop();
    // A coordinator may have asked for the lead at that very moment.
    void this.#engine?.submit({ type: "node.lead" });
    await stopping;
    this.end();
  }

  /** Nothing of this run happens from here on. */
  end(): void {
    this.#up = false;
    this.#room?.halt();
    this.clock.kill();
  }

  #createEngine(snapshotAtMost: number): EngineNode {
    const { name, boot, levels, rules, fleet, onEnded } = this.#options;
    return new EngineNode({
      log: this.#log,
      name,
      boot,
      levels,
      clock: this.clock,
      dice,
      chain: this.#chain,
      rules,
      shared: true,
      snapshotAtMost,
      servers: {
        allocators: fleet.asked.map((one) => (one === "outside" ? this.#lender : one)),
        listed: fleet.listed,
        credentialFor: ({ attempt }) => `${attempt}`,
      },
      report: () => {},
      onFatal: (error) => onEnded(this, error),
    });
  }

  #createRoom(engine: EngineNode): EngineRoom {
    const { name, boot, problems, onEnded } = this.#options;
    let serial = 0;
    return new EngineRoom({
      state: () => engine.state,
      node: engine.key,
      log: this.#log,
      archive: this.#archive,
      clock: this.clock,
      dice,
      ids: {
        next: (prefix) => {
          serial += 1;
          return `${prefix}_${name}x${boot}x${serial}`;
        },
      },
      submit: (command) => void engine.submit(command),
      report: ({ code, detail }) => {
        if (code !== "STORE_UNAVAILABLE" && code !== "ARCHIVE_UNAVAILABLE")
          problems(`${engine.key}: ${code} ${detail}`);
      },
      snapshotEveryEntries,
      hashEveryEntries,
      onDiffers: (error) => onEnded(this, error),
    });
  }
}

/** All nodes of a shard have the same secret. */
const dice = createSecretDice("5eed".repeat(16));

export interface NodeRunOptions {
  readonly name: string;
  readonly boot: string;
  readonly time: VirtualTime;
  readonly random: Random;
  /** How far a clock may be off, either way. */
  readonly skewMs: number;
  readonly log: Log;
  readonly archive: Archive;
  readonly rules: Rules;
  readonly fleet: Fleet;
  /** The kernel levels its build knows. */
  readonly levels: readonly number[];
  readonly counts: FaultCounts;
  /** Told which scenarios have come about. */
  readonly reach: (scenario: string) => void;
  readonly outage: StoreOutage;
  readonly archiveOutage: StoreOutage;
  readonly onApplied: (run: NodeRun, entry: Entry, events: readonly KernelEvent[]) => void;
  /** The run cannot go on: null when it was killed, else what it died of. */
  readonly onEnded: (run: NodeRun, error: unknown) => void;
  readonly problems: (problem: string) => void;
}
