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
import type { Archive, MemoryLogStore } from "@matchforge/stores";
import { entriesOf, eventsText } from "matchforge";
import { Markers } from "../scenarios/markers.ts";
import { ArchiveAudit } from "./archive-audit.ts";
import type { Check, Moment } from "./check.ts";
import { checkAdmission } from "./check-admission.ts";
import { checkAuthority } from "./check-authority.ts";
import { checkBlame } from "./check-blame.ts";
import { checkClock } from "./check-clock.ts";
import { checkGames } from "./check-games.ts";
import { checkLifecycle } from "./check-lifecycle.ts";
import { checkMatchTickets } from "./check-match-tickets.ts";
import { checkMoney } from "./check-money.ts";
import { checkNeutrality } from "./check-neutrality.ts";
import { checkNodes } from "./check-nodes.ts";
import { checkPlaces } from "./check-places.ts";
import { checkRatings } from "./check-ratings.ts";
import { checkReports } from "./check-reports.ts";
import { checkRequests } from "./check-requests.ts";
import { checkServers } from "./check-servers.ts";
import { checkTerritories } from "./check-territories.ts";
import { checkWaits } from "./check-waits.ts";
import { Chronicle } from "./chronicle.ts";
import { History } from "./history.ts";
import { isSame } from "./is-same.ts";
import { Promises } from "./promises.ts";

/** How many positions back a replica may still be compared. */
const comparedPositions = 5_000;
const batchesPerRead = 1_000;
const violationsKept = 100;

const everyCheck = [
  checkClock,
  checkNodes,
  checkLifecycle,
  checkAdmission,
  checkBlame,
  checkRequests,
  checkAuthority,
  checkGames,
  checkMoney,
  checkRatings,
  checkTerritories,
  checkServers,
  checkPlaces,
  checkMatchTickets,
  checkReports,
  checkWaits,
];

/** Events after which no invariant can be broken that held before. */
export const inert: ReadonlySet<KernelEvent["type"]> = new Set([
  "refused",
  "node.heard",
  "node.hashed",
  "server.heard",
  "match.notified",
  "match.checkpointed",
  "party.readied",
  "archive.progressed",
]);

/** Something that must not be, and the entries that led to it. */
export interface FoundViolation {
  readonly sentence: string;
  readonly history: readonly string[];
}

/**
 * Watches the log itself: applies every entry the moment it stands there, checks all invariants and every promise after
 * it, and compares what every replica makes of it.
 */
export class Auditor {
  readonly state: State = createState();
  readonly chronicle = new Chronicle();
  readonly violations: FoundViolation[] = [];
  readonly promises: Promises;
  readonly markers = new Markers();
  readonly ended = { SETTLED: 0, CANCELLED: 0, VOIDED: 0 };
  readonly #store: MemoryLogStore;
  readonly #archive = new ArchiveAudit();
  readonly #checks: readonly Check[];
  readonly #history = new History();
  readonly #events = new Map<number, readonly KernelEvent[]>();
  #trace: ContentHash = emptyContentHash;
  #broken = false;

  constructor(store: MemoryLogStore) {
    this.#store = store;
    const violate = (sentence: string) => this.violate(sentence);
    this.promises = new Promises(violate);
    const checks = everyCheck.map((create) => create(violate));
    this.#checks = [...checks, checkNeutrality(violate), this.markers, this.#archive];
    store.connect().watch(() => this.#read());
  }

  /** One hash of everything that happened, in order. */
  get traceHash(): string {
    return contentHashText(this.#trace);
  }

  get entries(): number {
    return this.state.position;
  }

  get matches(): number {
    const { SETTLED, CANCELLED, VOIDED } = this.ended;
    return SETTLED + CANCELLED + VOIDED;
  }

  /** Compares a replica's events for a position with the auditor's own (invariant 9). */
  compare(name: string, entry: Entry, events: readonly KernelEvent[]): void {
    const known = this.#events.get(entry.position);
    if (known !== undefined && !isSame(known, events)) {
      this.violate(`9: ${name} differs at ${entry.position} (${entry.command.type})`);
    }
  }

  violate(sentence: string): void {
    if (this.violations.length >= violationsKept) return;
    // The first one says most: what follows from it is told without its history.
    const history = this.violations.length === 0 ? this.#history.about(sentence) : [];
    this.violations.push({ sentence: `entry ${this.state.position}: ${sentence}`, history });
  }

  /** When all is over: what was acknowledged has ended, and the archive holds what happened. */
  async judgeEnd(archive: Archive): Promise<void> {
    this.promises.judge(this.chronicle);
    await this.#archive.judge(archive, (sentence) => this.violate(sentence));
  }

  #read(): void {
    while (!this.#broken) {
      const batches = this.#store.read({ from: this.state.position + 1, limit: batchesPerRead });
      if (batches.length === 0) return;
      for (const batch of batches) for (const entry of entriesOf(batch)) this.#apply(entry);
    }
  }

  #apply(entry: Entry): void {
    if (this.#broken) return;
    const { time: timeBefore, at: atBefore } = this.state;
    try {
      const events = applyEntry(this.state, entry);
      const { state, chronicle } = this;
      this.#keep(entry, events);
      this.#judge({ entry, events, state, chronicle, timeBefore, atBefore });
    } catch (error) {
      // Nothing that stands in a log may throw: where it does, this state is worth nothing any more.
      this.#broken = true;
      this.#history.add(entry, []);
      this.violate(`4: ${entry.command.type} throws: ${(error as Error).message}`);
    }
  }

  #keep(entry: Entry, events: readonly KernelEvent[]): void {
    this.#events.set(entry.position, events);
    this.#events.delete(entry.position - comparedPositions);
    this.#trace = contentHash(this.#trace, eventsText(events));
    this.#history.add(entry, events);
  }

  #judge(moment: Moment): void {
    const { entry, events, state, chronicle } = moment;
    chronicle.hear(entry, state.time);
    for (const check of this.#checks) check.begin?.(moment);
    for (const event of events) {
      for (const check of this.#checks) check.event?.(event, moment);
      chronicle.record(event);
      this.#count(event);
    }
    for (const check of this.#checks) check.end?.(moment);
    // What changes nothing that an invariant speaks of is looked at together with what follows.
    if (events.every(({ type }) => inert.has(type))) return;
    for (const sentence of brokenInvariants(state)) this.violate(sentence);
  }

  #count(event: KernelEvent): void {
    if (event.type === "match.settled") this.ended.SETTLED += 1;
    else if (event.type === "match.cancelled") this.ended.CANCELLED += 1;
    else if (event.type === "match.voided") this.ended.VOIDED += 1;
    else if (event.type === "violation") this.violate(`${event.code} ${event.detail}`);
    else if (event.type === "node.differs") this.violate(`9: ${event.nodes.join(" and ")} differ`);
  }
}
