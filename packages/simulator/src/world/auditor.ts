import {
  applyEntry,
  brokenInvariants,
  type ContentHash,
  contentHash,
  contentHashText,
  createState,
  type Entry,
  emptyContentHash,
  type KernelEvent,
  type State,
} from "@matchforge/core";
import type { MemoryLogStore } from "@matchforge/stores";
import { entriesOf, eventsText } from "matchforge";
import { Markers } from "./markers.ts";

/** How many positions back a replica may still be compared. */
const comparedPositions = 20_000;
const batchesPerRead = 1_000;

/**
 * Watches the log itself: applies every entry the moment it stands there, checks all invariants after it,
 * and compares what every replica makes of it.
 */
export class Auditor {
  readonly state: State = createState();
  readonly violations: string[] = [];
  readonly markers = new Markers();
  readonly ended = { SETTLED: 0, CANCELLED: 0, VOIDED: 0 };
  readonly #store: MemoryLogStore;
  readonly #hashes = new Map<number, string>();
  #trace: ContentHash = emptyContentHash;

  constructor(store: MemoryLogStore) {
    this.#store = store;
    store.connect().watch(() => this.#read());
  }

  /** One hash of everything that happened, in order. */
  get traceHash(): string {
    return contentHashText(this.#trace);
  }

  get entries(): number {
    return this.state.position;
  }

  /** Compares a replica's events for a position with the auditor's own (invariant 9). */
  compare(name: string, entry: Entry, events: readonly KernelEvent[]): void {
    const known = this.#hashes.get(entry.position);
    if (known !== undefined && known !== hashOf(events)) {
      this.violate(`9: ${name} differs at ${entry.position} (${entry.command.type})`);
    }
  }

  violate(sentence: string): void {
    if (this.violations.length < 100) this.violations.push(`entry ${this.state.position}: ${sentence}`);
  }

  #read(): void {
    for (;;) {
      const batches = this.#store.read({ from: this.state.position + 1, limit: batchesPerRead });
      if (batches.length === 0) return;
      for (const batch of batches) for (const entry of entriesOf(batch)) this.#apply(entry);
    }
  }

  #apply(entry: Entry): void {
    const events = applyEntry(this.state, entry);
    const hash = hashOf(events);
    this.#hashes.set(entry.position, hash);
    this.#hashes.delete(entry.position - comparedPositions);
    this.#trace = contentHash(this.#trace, hash);
    for (const event of events) this.#notice(event);
    for (const sentence of brokenInvariants(this.state)) this.violate(sentence);
  }

  #notice(event: KernelEvent): void {
    this.markers.notice(event);
    if (event.type === "match.settled") this.ended.SETTLED += 1;
    else if (event.type === "match.cancelled") this.ended.CANCELLED += 1;
    else if (event.type === "match.voided") this.ended.VOIDED += 1;
    else if (event.type === "violation") this.violate(`${event.code} ${event.detail}`);
  }
}

function hashOf(events: readonly KernelEvent[]): string {
  return contentHashText(contentHash(emptyContentHash, eventsText(events)));
}
