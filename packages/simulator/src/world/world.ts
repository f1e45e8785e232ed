import { MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import { Auditor, inert } from "../audit/auditor.ts";
import { judgeGivenBack } from "../audit/check-places.ts";
import { FaultCounts } from "../faults/fault-counts.ts";
import { scheduleFaults } from "../faults/fault-schedule.ts";
import { scheduleServerFaults } from "../faults/server-faults.ts";
import { StoreOutage } from "../faults/store-outage.ts";
import { SimulatedPlayer } from "../players/simulated-player.ts";
import { Fleet } from "../servers/fleet.ts";
import { Random } from "../time/random.ts";
import { VirtualTime } from "../time/virtual-time.ts";
import { judgeRest } from "./judge-rest.ts";
import { nodeNames, worldDefaults } from "./limits.ts";
import { SimulatedNode, type SimulatedNodeOptions } from "./simulated-node.ts";
import { worldRules } from "./world-rules.ts";

/** What a world is like. */
export interface WorldOptions {
  readonly seed: number;
  /** How many matches to see to their end. */
  readonly matches: number;
  /** Coordinators, 1 to 9; default 3. */
  readonly nodes?: number;
  readonly players?: number;
  /** How far a node's clock may be off, either way; default 5 s. */
  readonly skewMs?: number;
  /** How many times more often than usual players do what they must not, and faults strike; default 1. */
  readonly hostility?: number;
  readonly turbulence?: number;
  /** Whether the world ends with the first violation. */
  readonly stopsAtViolation?: boolean;
}

const startedAt = 1_700_000_000_000;
const levels = [1, 2, 3];

/** Coordinators over one log in virtual time, with players, faults, and an auditor who watches. */
export class World {
  readonly time = new VirtualTime();
  readonly counts = new FaultCounts();
  readonly outage = new StoreOutage(this.time);
  readonly archiveOutage = new StoreOutage(this.time);
  readonly nodes: readonly SimulatedNode[];
  readonly auditor: Auditor;
  readonly fleet: Fleet;
  readonly archive = new MemoryArchiveStore();
  readonly #options: WorldOptions;
  readonly #random: Random;
  readonly #store: MemoryLogStore;
  readonly #players: SimulatedPlayer[] = [];
  /** What old builds of this world know. */
  readonly #oldLevels: readonly number[];
  #clockOffsetMs = 0;
  #rules: "first" | "second" = "first";
  /** Whether the operator brings the modes along that the newest level makes possible. */
  #isServed: boolean;
  #twins = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#store = new MemoryLogStore({
      now: () => startedAt + Math.floor(this.time.now) + this.#clockOffsetMs,
    });
    this.auditor = new Auditor(this.#store);
    // Some worlds begin with an old build among the nodes, until a rolling restart brings the new one to all.
    const isMixed = this.#random.chance(0.4);
    this.#isServed = !isMixed;
    this.#oldLevels = this.#random.pick([[1], [1, 2]]);
    const nodes: SimulatedNode[] = [];
    this.fleet = this.#createFleet(nodes);
    const names = nodeNames.slice(0, options.nodes ?? worldDefaults.nodes);
    names.forEach((name, index) => {
      nodes.push(this.#createNode(name, { isOld: isMixed && index === 0 }));
    });
    this.nodes = nodes;
  }

  /** Lets everything happen, then come to rest, and judges how it ended. */
  async live(): Promise<void> {
    for (const node of this.nodes) node.start();
    this.fleet.start();
    for (let index = 0; index < (this.#options.players ?? worldDefaults.players); index += 1)
      this.#addPlayer(index);
    this.#scheduleFaults();
    const { restMs, longestMs } = worldDefaults;
    let calmSince = Number.POSITIVE_INFINITY;
    await this.time.run(() => {
      if (this.#isDecided) return true;
      if (this.wantsMore) return this.time.now > longestMs;
      if (calmSince === Number.POSITIVE_INFINITY) calmSince = this.time.now;
      return this.time.now - calmSince > restMs || this.#isAtRest;
    });
    if (!this.#isDecided) await judgeRest(this);
  }

  /** There is a violation already, and the world was to look for one only. */
  get #isDecided(): boolean {
    return this.#options.stopsAtViolation === true && this.auditor.violations.length > 0;
  }

  get #isAtRest(): boolean {
    const { matches, tickets, effects } = this.auditor.state;
    return matches.size === 0 && tickets.size === 0 && effects.size === 0;
  }

  /** Whether not enough matches have ended yet. */
  get wantsMore(): boolean {
    return this.auditor.matches < this.#options.matches;
  }

  #addPlayer(index: number): void {
    const { time, nodes, counts, auditor } = this;
    const { promises } = auditor;
    const player = new SimulatedPlayer({
      index,
      hostility: this.#options.hostility ?? 1,
      time,
      random: this.#random.fork(),
      nodes,
      counts,
      promises,
      reach: (scenario) => auditor.markers.reach(scenario),
      violate: (sentence) => auditor.violate(sentence),
      show: (...shown) => this.fleet.show(...shown),
      wanted: () => this.wantsMore,
    });
    this.#players.push(player);
    player.enter();
  }

  #createNode(
    name: string,
    { isOld, ...change }: { isOld: boolean } & Partial<SimulatedNodeOptions>,
  ): SimulatedNode {
    const { time, counts, outage, archiveOutage, auditor } = this;
    const reach = (scenario: string) => auditor.markers.reach(scenario);
    return new SimulatedNode({
      name,
      time,
      random: this.#random.fork(),
      skewMs: this.#options.skewMs ?? worldDefaults.skewMs,
      levels: isOld ? this.#oldLevels : levels,
      isOldBuild: (known) => known.length < levels.length,
      fleet: this.fleet,
      log: () => this.#store.connect(),
      archive: () => this.archive.connect(),
      rules: (known) => this.#rulesOf(known),
      counts,
      outage,
      archiveOutage,
      reach,
      onApplied: (run, entry, events) => {
        auditor.compare(run.engine.key, entry, events);
        if (events.every(({ type }) => inert.has(type))) return;
        for (const player of this.#players) player.applied(run, entry, events);
      },
      onStarted: () => this.#compareClocks(),
      onGone: (node) => {
        for (const player of this.#players) player.nodeGone(node);
      },
      onRefused: (node) => this.#install(node),
      problems: (problem) => auditor.violate(problem),
      ...change,
    });
  }

  #compareClocks(): void {
    const skews = this.nodes.filter(({ isRunning }) => isRunning).map(({ run }) => run.skewMs);
    if (Math.max(...skews) - Math.min(...skews) > 2_000) this.auditor.markers.reach("A18");
  }

  #scheduleFaults(): void {
    const { time, nodes, counts, outage, archiveOutage, auditor, fleet } = this;
    const { turbulence = 1 } = this.#options;
    const calm = () => !this.wantsMore;
    scheduleServerFaults({ time, random: this.#random.fork(), fleet, counts, turbulence, calm });
    scheduleFaults({
      reach: (scenario) => auditor.markers.reach(scenario),
      turbulence,
      time,
      random: this.#random.fork(),
      nodes,
      counts,
      outage,
      archiveOutage,
      calm,
      jumpClock: (byMs) => {
        this.#clockOffsetMs += byMs;
      },
      changeRules: () => {
        this.#rules = this.#rules === "first" ? "second" : "first";
      },
      install: (node, isOld) => this.#install(node, isOld),
      startTwin: (name, forMs) => this.#startTwin(name, forMs),
    });
  }

  /** Games of a new kind come with the build that knows them. */
  #install(node: SimulatedNode, isOld = false): void {
    if (!isOld) this.#isServed = true;
    node.install(isOld ? this.#oldLevels : levels);
  }

  #rulesOf(known: readonly number[]): ReturnType<typeof worldRules> {
    const isServed = this.#isServed && known.length === levels.length;
    return worldRules({ version: this.#rules, isServed });
  }

  #createFleet(nodes: readonly SimulatedNode[]): Fleet {
    const { time, counts, auditor } = this;
    return new Fleet({
      time,
      random: this.#random.fork(),
      nodes,
      counts,
      reach: (scenario) => auditor.markers.reach(scenario),
      onReturned: (key) => judgeGivenBack(key, auditor.chronicle, (sentence) => auditor.violate(sentence)),
    });
  }

  #startTwin(name: string, forMs: number): void {
    this.#twins += 1;
    const twin = this.#createNode(name, { isOld: false, bootPrefix: `twin${this.#twins}x` });
    twin.start();
    this.time.after(forMs, () => twin.remove());
  }
}
