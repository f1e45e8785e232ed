import {
  type Command,
  type ContentHash,
  contentHash,
  contentHashText,
  createState,
  type Entry,
  emptyContentHash,
  type HashSubject,
  type KernelEvent,
  levelOfHashes,
  type NodeDiffers,
  type NodeKey,
  type State,
  stateHash,
} from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { EngineError } from "../engine-error.ts";
import { entriesFrom } from "../node/batch-codec.ts";
import { restoreNewest } from "../node/engine-node.ts";
import { eventsText, Replica } from "../node/replica.ts";
import type { Report } from "../ports.ts";

/** Claims of this node that it may yet be asked about. */
const claimsKept = 64;
/**
 * Tells the other nodes what this one made of every stretch of the log, and of the whole state where a snapshot is
 * due. When others differ it reads that part of the log anew, on a replica of its own: if that differs from what it
 * said, its memory is wrong and the node stops.
 */
export class ReplicaWatch {
  readonly #options: ReplicaWatchOptions;
  readonly #claims = new Map<string, string>();
  #stretch: Stretch | null = null;

  constructor(options: ReplicaWatchOptions) {
    this.#options = options;
  }

  /** Called after every applied entry. */
  applied(entry: Entry, events: readonly KernelEvent[]): void {
    const { everyEntries } = this.#options;
    this.#stretch?.add(events);
    if (entry.position % everyEntries === 0) {
      if (this.#stretch !== null) this.#claim("events", entry.position, this.#stretch.hash);
      this.#stretch = new Stretch();
    }
    for (const event of events) {
      if (event.type === "node.differs" && event.nodes.includes(this.#options.node)) void this.#verify(event);
    }
  }

  /** The hash of the whole state, where it is known anyway. */
  stateHashed(position: number, hash: string): void {
    this.#claim("state", position, hash);
  }

  #claim(of: HashSubject, position: number, hash: string): void {
    if (this.#options.state().level < levelOfHashes) return;
    this.#claims.set(keyOf(of, position), hash);
    const [oldest] = this.#claims.keys();
    if (this.#claims.size > claimsKept && oldest !== undefined) this.#claims.delete(oldest);
    this.#options.submit({ type: "node.hash", of, position, hash, replayed: false });
  }

  async #verify({ of, position, nodes }: NodeDiffers): Promise<void> {
    const { node, submit, report, onFatal } = this.#options;
    report({ code: "REPLICA_DIFFERS", detail: `${nodes.join(" and ")} differ in ${of} at ${position}` });
    const claimed = this.#claims.get(keyOf(of, position));
    try {
      const hash = await this.#replay(of, position);
      if (hash === claimed) return submit({ type: "node.hash", of, position, hash, replayed: true });
      const found = `the log gives ${hash} and it said ${claimed}`;
      const what = `${node} is not what the log says: for ${of} at ${position} ${found}`;
      onFatal(
        new EngineError("REPLICA_DIFFERS", `${what}. It stops; start it again, and have its memory checked.`),
      );
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      report({ code: error.code, detail: `${of} at ${position} could not be read anew: ${error.message}` });
    }
  }

  /** What the log itself gives, from the newest snapshot before that part of it. */
  async #replay(of: HashSubject, position: number): Promise<string> {
    const { log, everyEntries } = this.#options;
    const basis = of === "events" ? position - everyEntries : position - 1;
    const replica = new Replica({ state: (await restoreNewest(log, basis)) ?? createState() });
    const stretch = new Stretch();
    for await (const entry of entriesFrom(log, replica.position + 1)) {
      const events = replica.apply(entry);
      if (entry.position > position - everyEntries) stretch.add(events);
      if (entry.position === position) break;
    }
    return of === "events" ? stretch.hash : stateHash(replica.state);
  }
}

/** The events of some entries in a row, as one hash. */
class Stretch {
  #hash: ContentHash = emptyContentHash;

  add(events: readonly KernelEvent[]): void {
    if (events.length > 0) this.#hash = contentHash(this.#hash, eventsText(events));
  }

  get hash(): string {
    return contentHashText(this.#hash);
  }
}

function keyOf(of: HashSubject, position: number): string {
  return `${of} ${position}`;
}

export interface ReplicaWatchOptions {
  readonly node: NodeKey;
  readonly state: () => State;
  readonly log: Log;
  readonly submit: (command: Command) => void;
  readonly report: Report;
  /** This node's memory is wrong: it must end. */
  readonly onFatal: (error: unknown) => void;
  readonly everyEntries: number;
}
