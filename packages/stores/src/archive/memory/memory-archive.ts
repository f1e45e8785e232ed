import { StoreError } from "../../errors.ts";
import { assertArchiveBatch, assertLimit } from "../assert-arguments.ts";
import { firstPlace } from "../first-place.ts";
import type {
  Archive,
  ArchiveBatch,
  ArchivedMatch,
  ArchivedPlayer,
  EventPlace,
  LeaderboardPlace,
} from "../port.ts";
import type { AuditRow, EventRow, MatchRow, RatingChangeRow, RatingRow } from "../rows.ts";
import type { MemoryArchiveStore } from "./memory-archive-store.ts";

/** A node's handle on a {@link MemoryArchiveStore}. */
export class MemoryArchive implements Archive {
  readonly #store: MemoryArchiveStore;
  #closed = false;

  constructor(store: MemoryArchiveStore) {
    this.#store = store;
  }

  async cursor(): Promise<number> {
    return this.#open().cursor;
  }

  async commit(batch: ArchiveBatch): Promise<void> {
    assertArchiveBatch(batch);
    this.#open().commit(batch);
  }

  async match(matchId: string): Promise<ArchivedMatch | undefined> {
    return this.#open().match(matchId);
  }

  async player(playerId: string): Promise<ArchivedPlayer | undefined> {
    return this.#open().player(playerId);
  }

  async ratingOf(options: {
    readonly playerId: string;
    readonly mode: string;
  }): Promise<RatingRow | undefined> {
    return this.#open().ratingOf(options);
  }

  async ratingHistory(options: {
    readonly playerId: string;
    readonly mode: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<RatingChangeRow[]> {
    assertLimit(options.limit);
    return this.#open().ratingHistory({ before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async matchesOf(options: {
    readonly playerId: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<MatchRow[]> {
    assertLimit(options.limit);
    return this.#open().matchesOf({ before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async leaderboard(options: {
    readonly mode: string;
    readonly limit: number;
    readonly after?: LeaderboardPlace;
  }): Promise<RatingRow[]> {
    assertLimit(options.limit);
    return this.#open().leaderboard({ after: firstPlace, ...options });
  }

  async events(options: {
    readonly from: EventPlace;
    readonly limit: number;
    readonly type?: string;
  }): Promise<EventRow[]> {
    assertLimit(options.limit);
    return this.#open().events(options);
  }

  async audit(options: { readonly limit: number; readonly before?: number }): Promise<AuditRow[]> {
    assertLimit(options.limit);
    return this.#open().audit({ before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(): MemoryArchiveStore {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "This handle of the archive was closed.");
    return this.#store;
  }
}
