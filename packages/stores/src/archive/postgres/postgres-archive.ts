import { StoreError } from "../../errors.ts";
import type { Connections, Query } from "../../postgres/connections.ts";
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
import { commitBatch } from "./commit-batch.ts";
import {
  readAudit,
  readCursor,
  readEvents,
  readLeaderboard,
  readMatch,
  readMatchesOf,
  readPlayer,
  readRating,
  readRatingHistory,
} from "./queries.ts";

/** An archive in a PostgreSQL schema. Any number of handles, threads and machines share it. */
export class PostgresArchive implements Archive {
  readonly #connections: Connections;
  #closed = false;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async cursor(): Promise<number> {
    return readCursor(this.#query());
  }

  async commit(batch: ArchiveBatch): Promise<void> {
    assertArchiveBatch(batch);
    await this.#open().transaction((query) => commitBatch(query, batch));
  }

  async match(matchId: string): Promise<ArchivedMatch | undefined> {
    return readMatch(this.#query(), matchId);
  }

  async player(playerId: string): Promise<ArchivedPlayer | undefined> {
    return readPlayer(this.#query(), playerId);
  }

  async ratingOf(options: {
    readonly playerId: string;
    readonly mode: string;
  }): Promise<RatingRow | undefined> {
    return readRating(this.#query(), options);
  }

  async ratingHistory(options: {
    readonly playerId: string;
    readonly mode: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<RatingChangeRow[]> {
    assertLimit(options.limit);
    return readRatingHistory(this.#query(), { before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async matchesOf(options: {
    readonly playerId: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<MatchRow[]> {
    assertLimit(options.limit);
    return readMatchesOf(this.#query(), { before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async leaderboard(options: {
    readonly mode: string;
    readonly limit: number;
    readonly after?: LeaderboardPlace;
  }): Promise<RatingRow[]> {
    assertLimit(options.limit);
    return readLeaderboard(this.#query(), { after: firstPlace, ...options });
  }

  async events(options: {
    readonly from: EventPlace;
    readonly limit: number;
    readonly type?: string;
  }): Promise<EventRow[]> {
    assertLimit(options.limit);
    return readEvents(this.#query(), options);
  }

  async audit(options: { readonly limit: number; readonly before?: number }): Promise<AuditRow[]> {
    assertLimit(options.limit);
    return readAudit(this.#query(), { before: Number.MAX_SAFE_INTEGER, ...options });
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #query(): Query {
    return this.#open().query;
  }

  #open(): Connections {
    if (this.#closed) throw new StoreError("STORE_CLOSED", "This handle of the archive was closed.");
    return this.#connections;
  }
}
