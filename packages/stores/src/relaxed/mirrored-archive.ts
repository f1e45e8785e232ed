import type {
  Archive,
  ArchiveBatch,
  ArchivedMatch,
  ArchivedPlayer,
  EventPlace,
  LeaderboardPlace,
} from "../archive/port.ts";
import type { AuditRow, EventRow, MatchRow, RatingChangeRow, RatingRow } from "../archive/rows.ts";
import { StoreError } from "../errors.ts";
import type { RelaxedLog } from "./relaxed-log.ts";

/**
 * The archive of a shard whose log is relaxed: before it stores what a stretch of the log led to, the copy of the log
 * holds that stretch. So whatever Redis forgets, the archive never tells of entries that are gone.
 *
 * @example
 * const archive = new MirroredArchive({ log, archive: postgres.archive() });
 */
export class MirroredArchive implements Archive {
  readonly #log: RelaxedLog;
  readonly #archive: Archive;

  constructor(options: { readonly log: RelaxedLog; readonly archive: Archive }) {
    this.#log = options.log;
    this.#archive = options.archive;
  }

  /** As the port says; throws `LOG_DIVERGED`, storing nothing, when the log is not the one this node has seen. */
  async commit(batch: ArchiveBatch): Promise<void> {
    try {
      await this.#log.copyUpTo(batch.cursor);
    } catch (error) {
      // Other nodes archived this stretch long ago, and it was trimmed since: there is nothing to add.
      const isTrimmed = error instanceof StoreError && error.code === "TRIMMED";
      if (isTrimmed && batch.cursor <= (await this.#archive.cursor())) return;
      throw error;
    }
    await this.#archive.commit(batch);
  }

  cursor(): Promise<number> {
    return this.#archive.cursor();
  }

  match(matchId: string): Promise<ArchivedMatch | undefined> {
    return this.#archive.match(matchId);
  }

  player(playerId: string): Promise<ArchivedPlayer | undefined> {
    return this.#archive.player(playerId);
  }

  ratingOf(options: { readonly playerId: string; readonly mode: string }): Promise<RatingRow | undefined> {
    return this.#archive.ratingOf(options);
  }

  ratingHistory(options: {
    readonly playerId: string;
    readonly mode: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<RatingChangeRow[]> {
    return this.#archive.ratingHistory(options);
  }

  matchesOf(options: {
    readonly playerId: string;
    readonly limit: number;
    readonly before?: number;
  }): Promise<MatchRow[]> {
    return this.#archive.matchesOf(options);
  }

  leaderboard(options: {
    readonly mode: string;
    readonly limit: number;
    readonly after?: LeaderboardPlace;
  }): Promise<RatingRow[]> {
    return this.#archive.leaderboard(options);
  }

  events(options: {
    readonly from: EventPlace;
    readonly limit: number;
    readonly type?: string;
  }): Promise<EventRow[]> {
    return this.#archive.events(options);
  }

  audit(options: { readonly limit: number; readonly before?: number }): Promise<AuditRow[]> {
    return this.#archive.audit(options);
  }

  close(): Promise<void> {
    return this.#archive.close();
  }
}
