import type {
  Entry,
  KernelEvent,
  MatchCreated,
  MatchResolved,
  MatchSettled,
  PlayerResult,
} from "@matchforge/core";
import type { ArchiveRow, MatchPlayerRow, MatchRow } from "@matchforge/stores";
import { withEntrants } from "./entrants.ts";
import { type MatchRecord, matchRecordOf, recordCreated, stakesOf } from "./match-record.ts";

/**
 * Turns events into whole rows. It remembers the rows of live matches, so that a later event can complete
 * them; after a restart they are read back from the archive.
 */
export class Projection {
  readonly #live = new Map<string, MatchRow>();

  /** Takes over the row of a match that was live when the archive was last written. */
  resume(row: MatchRow): void {
    this.#live.set(row.matchId, row);
  }

  /** The rows that the events of one entry change. */
  rows(entry: Entry, events: readonly KernelEvent[]): ArchiveRow[] {
    const rows: ArchiveRow[] = [];
    for (const event of events) this.#project(entry, event, rows);
    return rows;
  }

  #project(entry: Entry, event: KernelEvent, rows: ArchiveRow[]): void {
    switch (event.type) {
      case "player.connected": {
        const { player, guest } = event;
        const row = { playerId: player, address: null, guest, firstSeenAt: entry.at, lastSeenAt: entry.at };
        rows.push({ table: "player", row });
        return;
      }
      case "player.preferred": {
        const { player: playerId, preferences } = event;
        const row = { playerId, preferences: JSON.stringify(preferences), updatedAt: entry.at };
        rows.push({ table: "preferences", row });
        return;
      }
      case "rules.configured": {
        const { version, rules } = event;
        const row = { version, rules: JSON.stringify(rules), at: entry.at, position: entry.position };
        rows.push({ table: "rules", row });
        return;
      }
      case "match.created":
        this.#live.set(event.match, createdRow(entry, event));
        return this.#put(event.match, {}, rows);
      case "round.joined":
      case "round.left":
      case "siege.joined":
      case "siege.left": {
        const known = this.#live.get(event.match);
        return this.#put(event.match, known === undefined ? {} : withEntrants(known, event), rows);
      }
      case "match.preparing":
        if (event.stakes === undefined) return;
        return this.#put(event.match, { pot: sumOf(event.stakes).toString() }, rows);
      case "match.started": {
        const { text, salt } = event;
        const known = this.#recorded(event.match, () => ({ text, salt }));
        return this.#put(event.match, { ...known, state: "ACTIVE", startedAt: entry.at }, rows);
      }
      case "match.resolved":
        this.#put(event.match, resolvedColumns(entry, event), rows);
        for (const result of event.result.players) rows.push(...playerRows(entry, event, result));
        return;
      case "match.settled":
        this.#end(event.match, { state: "SETTLED" }, rows);
        rows.push(...settlementRows(entry, event));
        return;
      case "match.cancelled":
        return this.#end(
          event.match,
          { state: "CANCELLED", endedAt: entry.at, endReason: event.reason },
          rows,
        );
      case "match.voided":
        return this.#end(event.match, { state: "VOIDED", endedAt: entry.at, endReason: event.reason }, rows);
    }
  }

  /** The columns that follow from what is kept beside them, with changes in it. */
  #recorded(id: string, changes: (record: MatchRecord) => Partial<MatchRecord>): Partial<MatchRow> {
    const known = this.#live.get(id);
    const record = known && matchRecordOf(known);
    return record === undefined ? {} : { quality: JSON.stringify({ ...record, ...changes(record) }) };
  }

  #put(id: string, columns: Partial<MatchRow>, rows: ArchiveRow[]): void {
    const known = this.#live.get(id);
    if (known === undefined) return;
    const row = { ...known, ...columns };
    this.#live.set(id, row);
    rows.push({ table: "match", row });
  }

  #end(id: string, columns: Partial<MatchRow>, rows: ArchiveRow[]): void {
    this.#put(id, columns, rows);
    this.#live.delete(id);
  }
}

function sumOf(amounts: readonly { readonly amount: bigint }[]): bigint {
  return amounts.reduce((sum, { amount }) => sum + amount, 0n);
}

function createdRow(entry: Entry, event: MatchCreated): MatchRow {
  return {
    matchId: event.match,
    mode: event.mode,
    tier: event.tier,
    state: event.state,
    createdAt: entry.at,
    startedAt: null,
    endedAt: null,
    endReason: null,
    winners: [],
    burned: "0",
    rulesVersion: event.rulesVersion,
    quality: JSON.stringify(recordCreated(event)),
    pot: stakesOf(event.players).toString(),
    position: entry.position,
  };
}

function resolvedColumns(entry: Entry, event: MatchResolved): Partial<MatchRow> {
  const { endReason, winners, burned } = event.result;
  return { state: "RESOLVED", endedAt: entry.at, endReason, winners, burned: burned.toString() };
}

function playerRows(entry: Entry, event: MatchResolved, result: PlayerResult): ArchiveRow[] {
  const { player: playerId, before, after, typed, accuracy, wpm, timeMs } = result;
  const { match: matchId, mode } = event;
  const row: MatchPlayerRow = {
    matchId,
    playerId,
    team: result.team,
    outcome: result.outcome,
    payout: result.payout.toString(),
    stats: JSON.stringify({ ...typed, accuracy, wpm, timeMs }),
    ratingBefore: before.rating,
    ratingAfter: after.rating,
  };
  const change = { playerId, mode, matchId, before: before.rating, after: after.rating };
  return [
    { table: "matchPlayer", row },
    { table: "rating", row: { ...after, playerId, updatedAt: entry.at } },
    { table: "ratingChange", row: { ...change, at: entry.at, position: entry.position } },
  ];
}

function settlementRows(entry: Entry, event: MatchSettled): ArchiveRow[] {
  let paid = 0n;
  for (const payout of event.payouts) paid += payout.amount;
  if (paid === 0n && event.burned === 0n) return [];
  const { match: matchId, txHash } = event;
  return [
    { table: "settlement", row: { matchId, kind: "payout", amount: paid.toString(), txHash, at: entry.at } },
    {
      table: "settlement",
      row: { matchId, kind: "burn", amount: event.burned.toString(), txHash, at: entry.at },
    },
  ];
}
