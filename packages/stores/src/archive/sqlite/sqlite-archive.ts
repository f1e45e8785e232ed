import { StoreError } from "../../errors.ts";
import type { ChannelClient } from "../../sqlite/channel/channel-client.ts";
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
import type { ArchiveOperations } from "./archive-operations.ts";

/** An archive in a SQLite file, through the thread that owns the file. */
export class SqliteArchive implements Archive {
  readonly #client: ChannelClient<ArchiveOperations>;
  #closed = false;

  constructor(client: ChannelClient<ArchiveOperations>) {
    this.#client = client;
  }

  async cursor(): Promise<number> {
    return this.#open().call("archiveCursor", undefined);
  }

  async commit(batch: ArchiveBatch): Promise<void> {
    assertArchiveBatch(batch);
    return this.#open().call("commitArchive", batch);
  }

  async match(matchId: string): Promise<ArchivedMatch | undefined> {
    return this.#open().call("match", { matchId });
  }

  async player(playerId: string): Promise<ArchivedPlayer | undefined> {
    return this.#open().call("player", { playerId });
  }

  async ratingOf(options: {
    readonly playerId: string;
    readonly mode: string;
  }): Promise<RatingRow | undefined> {
    return this.#open().call("ratingOf", options);
  }

  async ratingHistory(options: {
    readonly playerId: string;
    readonly mode: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<RatingChangeRow[]> {
    assertLimit(options.limit);
    return this.#open().call("ratingHistory", { before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async matchesOf(options: {
    readonly playerId: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<MatchRow[]> {
    assertLimit(options.limit);
    return this.#open().call("matchesOf", { before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async leaderboard(options: {
    readonly mode: string;
    readonly limit: number;
    readonly after?: LeaderboardPlace;
  }): Promise<RatingRow[]> {
    assertLimit(options.limit);
    return this.#open().call("leaderboard", { after: firstPlace, ...options });
  }

  async events(options: {
    readonly from: EventPlace;
    readonly limit: number;
    readonly type?: string;
  }): Promise<EventRow[]> {
    assertLimit(options.limit);
    return this.#open().call("events", options);
  }

  async audit(options: { readonly limit: number; readonly before?: number }): Promise<AuditRow[]> {
    assertLimit(options.limit);
    return this.#open().call("audit", { before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(): ChannelClient<ArchiveOperations> {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "This handle of the archive was closed.");
    return this.#client;
  }
}
