import type { Command, Entry, KernelEvent, NodeKey, State } from "@matchforge/core";
import type { Archive, Log } from "@matchforge/stores";
import { ArchiveReactor } from "../archive/archive-reactor.ts";
import { engineLimits } from "../limits.ts";
import type { Clock, Dice, Ids, Report } from "../ports.ts";
import { MatcherLoop } from "./matcher-loop.ts";
import { ReplicaWatch } from "./replica-watch.ts";
import { type SnapshotDuty, Snapshotter } from "./snapshotter.ts";

/**
 * The heavy work of a node, on a replica that nobody's messages wait for: matching, archiving and
 * snapshots. It runs in a thread of its own in a coordinator, in the same thread in the simulator.
 *
 * @example
 * const room = new EngineRoom({ state: () => node.state, node: node.key, log, archive, submit, clock, dice, ids, report });
 * node.replica.onApplied((entry, events) => room.applied(entry, events));
 * await room.start();
 */
export class EngineRoom {
  readonly #options: EngineRoomOptions;
  readonly #matcher: MatcherLoop;
  readonly #archive: ArchiveReactor;
  readonly #watch: ReplicaWatch | null = null;
  #snapshots: Snapshotter | null = null;

  constructor(options: EngineRoomOptions) {
    this.#options = options;
    const { clock, dice, ids, submit, report, archive } = options;
    const leads = () => this.#leads;
    if (options.onDiffers !== undefined) {
      const { node, state, log, hashEveryEntries: everyEntries = engineLimits.hashEveryEntries } = options;
      const onFatal = options.onDiffers;
      this.#watch = new ReplicaWatch({ node, state, log, submit, report, onFatal, everyEntries });
    }
    this.#matcher = new MatcherLoop({ state: options.state, leads, submit, clock, dice, ids });
    this.#archive = new ArchiveReactor({ archive, clock, leads, submit, report });
  }

  /** Finds out how far archive and snapshots are; the state is the one restored. */
  async start(): Promise<void> {
    const state = this.#options.state();
    await this.#archive.start(state);
    const { log, report, snapshotEveryEntries = engineLimits.snapshotEveryEntries } = this.#options;
    this.#snapshots = new Snapshotter({
      log,
      report,
      archive: this.#archive,
      everyEntries: snapshotEveryEntries,
      onHashed: (position, hash) => this.#watch?.stateHashed(position, hash),
    });
  }

  /** Whether the reader of the log should pause. */
  get congested(): boolean {
    return this.#archive.congested;
  }

  /** Called after every applied entry. */
  applied(entry: Entry, events: readonly KernelEvent[]): void {
    this.#matcher.applied(entry, events);
    this.#archive.applied(entry, events);
    this.#watch?.applied(entry, events);
    this.#snapshots?.applied(this.#options.state(), this.#snapshotDuty());
  }

  /** Where it leads: stores what is outstanding and a last snapshot, so that the next start is quick. */
  async stop(): Promise<void> {
    this.#matcher.stop();
    if (this.#leads) await this.#snapshots?.write(this.#options.state());
  }

  get #leads(): boolean {
    return this.#options.state().leader === this.#options.node;
  }

  /** One node stores the snapshot, and where there is another it is not the leader, whose matching would wait for it. */
  #snapshotDuty(): SnapshotDuty {
    const { node } = this.#options;
    const { nodes, leader } = this.#options.state();
    const ready = [...nodes.values()].filter(({ draining }) => !draining).map(({ id }) => id);
    const [first = leader] = ready.filter((id) => id !== leader).sort();
    if (first === node) return "store";
    return leader === node ? "none" : "compare";
  }

  /** Stops at once, as a crash would. */
  halt(): void {
    this.#matcher.stop();
  }
}

export interface EngineRoomOptions {
  readonly state: () => State;
  readonly node: NodeKey;
  readonly log: Log;
  readonly archive: Archive;
  readonly submit: (command: Command) => void;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly ids: Ids;
  readonly report: Report;
  /** Default: `engineLimits.snapshotEveryEntries`. */
  readonly snapshotEveryEntries?: number;
  /** Where there are other nodes to compare with: this one is not what the log says, and must end. */
  readonly onDiffers?: (error: unknown) => void;
  /** Default: `engineLimits.hashEveryEntries`. */
  readonly hashEveryEntries?: number;
}
