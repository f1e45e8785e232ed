import type { DatabaseSync } from "node:sqlite";
import type { Handlers } from "../../sqlite/channel/messages.ts";
import type { ArchiveBatch, ArchivedMatch, ArchivedPlayer, EventPlace, LeaderboardPlace } from "../port.ts";
import type { AuditRow, EventRow, MatchRow, RatingChangeRow, RatingRow } from "../rows.ts";
import { prepareCommit } from "./commit-batch.ts";
import { prepareQueries } from "./queries.ts";

/** What the archive asks of the writer thread that changes the file. */
export type ArchiveWrites = {
  commitArchive: { argument: ArchiveBatch; result: undefined };
};

/** What the archive asks of the writer thread that only reads. */
export type ArchiveReads = {
  archiveCursor: { argument: undefined; result: number };
  match: { argument: { matchId: string }; result: ArchivedMatch | undefined };
  player: { argument: { playerId: string }; result: ArchivedPlayer | undefined };
  ratingOf: { argument: { playerId: string; mode: string }; result: RatingRow | undefined };
  ratingHistory: {
    argument: { playerId: string; mode: string; limit: number; before: number };
    result: RatingChangeRow[];
  };
  matchesOf: { argument: { playerId: string; limit: number; before: number }; result: MatchRow[] };
  leaderboard: { argument: { mode: string; limit: number; after: LeaderboardPlace }; result: RatingRow[] };
  audit: { argument: { limit: number; before: number }; result: AuditRow[] };
  events: { argument: { from: EventPlace; limit: number; type?: string }; result: EventRow[] };
};

/** All of them: what the archive's client calls. */
export type ArchiveOperations = ArchiveWrites & ArchiveReads;

/** The thread's end of the archive's writes, on an open database. Each runs inside the group's transaction. */
export function prepareArchiveWrites(database: DatabaseSync): Handlers<ArchiveWrites> {
  return { commitArchive: prepareCommit(database) };
}

/** The thread's end of the archive's reads, on an open database. */
export function prepareArchiveReads(database: DatabaseSync): Handlers<ArchiveReads> {
  return prepareQueries(database);
}
