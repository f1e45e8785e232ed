import { storeLimits } from "../../limits.ts";
import { chained, firstAuditHash } from "../audit-chain.ts";
import type {
  Archive,
  ArchiveBatch,
  ArchivedMatch,
  ArchivedPlayer,
  EventPlace,
  LeaderboardPlace,
} from "../port.ts";
import {
  type ArchiveRow,
  type AuditRow,
  type EventRow,
  type PlayerRow,
  type ProjectedRows,
  projectedKeys,
  type RatingRow,
} from "../rows.ts";
import { MemoryArchive } from "./memory-archive.ts";

type Tables = { readonly [Table in keyof ProjectedRows]: Map<string, ProjectedRows[Table]> };

/**
 * The truth of an archive in memory: it outlives the handles that nodes hold on it. Nothing in it waits, so a
 * simulator can drive it in virtual time.
 *
 * @example
 * const archive = new MemoryArchiveStore().connect();
 */
export class MemoryArchiveStore {
  readonly #tables: Tables = {
    player: new Map(),
    preferences: new Map(),
    rating: new Map(),
    ratingChange: new Map(),
    match: new Map(),
    matchPlayer: new Map(),
    settlement: new Map(),
    rules: new Map(),
  };
  readonly #events: EventRow[] = [];
  readonly #audit: AuditRow[] = [];
  #cursor = 0;

  /** A new handle on this archive; closing it touches no other. */
  connect(): Archive {
    return new MemoryArchive(this);
  }

  get cursor(): number {
    return this.#cursor;
  }

  commit(batch: ArchiveBatch): void {
    if (batch.cursor <= this.#cursor) return;
    const fresh = batch.events.filter((event) => event.position > this.#cursor).sort(comparePlaces);
    for (const event of fresh) this.#events.push(Object.freeze({ ...event }));
    for (const row of batch.rows) upsert(this.#tables, row);
    const lines = (batch.audit ?? []).filter(({ position }) => position > this.#cursor);
    const previous = this.#audit.at(-1)?.hash ?? firstAuditHash;
    for (const row of chained(previous, lines)) this.#audit.push(Object.freeze(row));
    this.#cursor = batch.cursor;
  }

  match(matchId: string): ArchivedMatch | undefined {
    const match = this.#tables.match.get(keyOf(matchId));
    if (match === undefined) return undefined;
    const players = this.#rows("matchPlayer", (row) => row.matchId === matchId);
    const settlements = this.#rows("settlement", (row) => row.matchId === matchId);
    return {
      match,
      players: players.sort((a, b) => a.team - b.team || compareTexts(a.playerId, b.playerId)),
      settlements: settlements.sort((a, b) => a.at - b.at || compareTexts(a.kind, b.kind)),
      rules: this.#tables.rules.get(keyOf(match.rulesVersion)) ?? null,
    };
  }

  player(playerId: string): ArchivedPlayer | undefined {
    const player = this.#tables.player.get(keyOf(playerId));
    if (player === undefined) return undefined;
    const ratings = this.#rows("rating", (row) => row.playerId === playerId);
    const preferences = this.#tables.preferences.get(keyOf(playerId)) ?? null;
    return { player, ratings: ratings.sort((a, b) => compareTexts(a.mode, b.mode)), preferences };
  }

  ratingOf({ playerId, mode }: { readonly playerId: string; readonly mode: string }) {
    return this.#tables.rating.get(keyOf(playerId, mode));
  }

  ratingHistory(wanted: { playerId: string; mode: string; limit: number; before: number }) {
    const { playerId, mode, limit, before } = wanted;
    const changes = this.#rows(
      "ratingChange",
      (row) => row.playerId === playerId && row.mode === mode && row.position < before,
    );
    changes.sort((a, b) => b.position - a.position || compareTexts(b.matchId, a.matchId));
    return changes.slice(0, Math.min(limit, storeLimits.queryRows));
  }

  matchesOf({ playerId, limit, before }: { playerId: string; limit: number; before: number }) {
    const played = this.#rows("matchPlayer", (row) => row.playerId === playerId);
    const ids = new Set(played.map((row) => row.matchId));
    const matches = this.#rows("match", (row) => ids.has(row.matchId) && row.position < before);
    matches.sort((a, b) => b.position - a.position || compareTexts(b.matchId, a.matchId));
    return matches.slice(0, Math.min(limit, storeLimits.queryRows));
  }

  leaderboard({ mode, limit, after }: { mode: string; limit: number; after: LeaderboardPlace }) {
    const behind = this.#rows(
      "rating",
      (row) => row.mode === mode && compareStandings(placeOf(row), after) > 0,
    );
    behind.sort((a, b) => compareStandings(placeOf(a), placeOf(b)));
    return behind.slice(0, Math.min(limit, storeLimits.queryRows));
  }

  events({ from, limit, type }: { from: EventPlace; limit: number; type?: string }): EventRow[] {
    const wanted = this.#events.filter(
      (event) => comparePlaces(event, from) > 0 && (type === undefined || event.type === type),
    );
    return wanted.slice(0, Math.min(limit, storeLimits.queryEvents));
  }

  audit({ limit, before }: { limit: number; before: number }): AuditRow[] {
    const wanted = this.#audit.filter(({ position }) => position < before).reverse();
    return wanted.slice(0, Math.min(limit, storeLimits.queryRows));
  }

  #rows<Table extends keyof ProjectedRows>(table: Table, wanted: (row: ProjectedRows[Table]) => boolean) {
    return [...this.#tables[table].values()].filter(wanted);
  }
}

function upsert(tables: Tables, { table, row }: ArchiveRow): void {
  const values: Record<string, unknown> = { ...row };
  const key = keyOf(...projectedKeys[table].map((column) => values[column]));
  const rows: Map<string, unknown> = tables[table];
  rows.set(key, Object.freeze(table === "player" ? firstSeen(tables.player.get(key), row) : { ...row }));
}

/** A player keeps the first sight, whatever is projected later. */
function firstSeen(known: PlayerRow | undefined, row: PlayerRow): PlayerRow {
  return { ...row, firstSeenAt: Math.min(row.firstSeenAt, known?.firstSeenAt ?? row.firstSeenAt) };
}

function keyOf(...values: readonly unknown[]): string {
  return JSON.stringify(values);
}

function placeOf({ rating, deviation, playerId }: RatingRow): LeaderboardPlace {
  return { estimate: rating - 2 * deviation, playerId };
}

function compareStandings(left: LeaderboardPlace, right: LeaderboardPlace): number {
  if (left.estimate !== right.estimate) return left.estimate > right.estimate ? -1 : 1;
  return compareTexts(left.playerId, right.playerId);
}

function comparePlaces(left: EventPlace, right: EventPlace): number {
  return left.position - right.position || left.index - right.index;
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
