import assert from "node:assert/strict";
import { test } from "node:test";
import { auditRules, type Check } from "./audit-conformance.ts";
import type { Archive } from "./port.ts";
import type { ArchiveRow, EventRow, MatchRow, PlayerRow, RatingRow } from "./rows.ts";

/** How a suite gets at an adapter. */
export interface ArchiveHarness {
  /** The adapter's name, as its folder is called. */
  readonly name: string;
  open(): Promise<{ connect(): Promise<Archive> | Archive; end(): Promise<void> }>;
}

function event(position: number, index = 0): EventRow {
  return {
    position,
    index,
    type: "match.created",
    matchId: `match_${position}`,
    playerId: null,
    at: position,
    payload: "{}",
  };
}

function playerRow(id: number, seen = { first: 100, last: 200 }): { table: "player"; row: PlayerRow } {
  const row = {
    playerId: `player_${id}`,
    address: null,
    guest: id % 2 === 0,
    firstSeenAt: seen.first,
    lastSeenAt: seen.last,
  };
  return { table: "player", row };
}

function ratingRow(id: number, rating: number, mode = "duel"): { table: "rating"; row: RatingRow } {
  const row = {
    playerId: `player_${id}`,
    mode,
    rating,
    deviation: 0.5,
    volatility: 0.06,
    games: 3,
    wins: 1,
    meanWpm: 71.5,
  };
  return { table: "rating", row: { ...row, updatedAt: 9 } };
}

function matchRow(id: number, changes: Partial<MatchRow> = {}): { table: "match"; row: MatchRow } {
  const row: MatchRow = {
    matchId: `match_${id}`,
    mode: "duel",
    tier: null,
    state: "SETTLED",
    createdAt: 1,
    startedAt: 2,
    endedAt: null,
    endReason: "completed",
    winners: ["player_1"],
    pot: "600000000000000000000",
    burned: "0",
    rulesVersion: 1,
    quality: "{}",
    position: id,
    ...changes,
  };
  return { table: "match", row };
}

function playedBy(id: number, player: number, team = 0): ArchiveRow {
  const row = {
    matchId: `match_${id}`,
    playerId: `player_${player}`,
    team,
    outcome: "win",
    payout: "1",
    stats: null,
  };
  return { table: "matchPlayer", row: { ...row, ratingBefore: 1200, ratingAfter: 1216 } };
}

/** Runs the promises of the `Archive` port against an adapter. */
export function archiveConformance(harness: ArchiveHarness): void {
  const check: Check = (title, body) =>
    test(`${title} (${harness.name})`, async () => {
      const store = await harness.open();
      const connect = async () => store.connect();
      try {
        await body(await connect(), connect);
      } finally {
        await store.end();
      }
    });
  commitRules(check);
  queryRules(check);
  historyRules(check);
  leaderboardRules(check);
  auditRules(check);
}

function commitRules(check: Check): void {
  check(
    "[S20] events, rows and cursor are stored together, for every handle to see",
    async (archive, connect) => {
      assert.equal(await archive.cursor(), 0);
      await archive.commit({ cursor: 12, events: [event(11), event(12)], rows: [playerRow(1)] });
      const other = await connect();
      assert.equal(await other.cursor(), 12);
      assert.equal((await other.player("player_1"))?.player.lastSeenAt, 200);
      assert.equal((await other.events({ from: { position: 0, index: 0 }, limit: 10 })).length, 2);
    },
  );

  check("[S21] a stretch that is there already changes nothing", async (archive) => {
    await archive.commit({ cursor: 5, events: [event(5)], rows: [matchRow(1)] });
    await archive.commit({ cursor: 5, events: [event(5)], rows: [matchRow(1, { state: "VOIDED" })] });
    assert.equal((await archive.match("match_1"))?.match.state, "SETTLED");
    assert.equal((await archive.events({ from: { position: 0, index: 0 }, limit: 10 })).length, 1);
  });

  check("[S21] of a stretch that overlaps only the new events are stored", async (archive) => {
    await archive.commit({ cursor: 5, events: [event(4), event(5)], rows: [] });
    await archive.commit({ cursor: 7, events: [event(5), event(6), event(7)], rows: [] });
    const stored = await archive.events({ from: { position: 0, index: 0 }, limit: 10 });
    assert.deepEqual(
      stored.map(({ position }) => position),
      [4, 5, 6, 7],
    );
  });

  check(
    "[S22] of two rows with one key the later holds, and a player keeps the first sight",
    async (archive) => {
      const rows = [playerRow(1, { first: 50, last: 60 }), playerRow(1, { first: 70, last: 80 })];
      await archive.commit({ cursor: 1, events: [], rows });
      await archive.commit({ cursor: 2, events: [], rows: [playerRow(1, { first: 90, last: 95 })] });
      const found = await archive.player("player_1");
      assert.deepEqual([found?.player.firstSeenAt, found?.player.lastSeenAt], [50, 95]);
    },
  );

  check("[S6] a closed handle of an archive answers STORE_CLOSED", async (archive) => {
    await archive.close();
    await assert.rejects(archive.cursor(), (error: { code?: string }) => error.code === "STORE_CLOSED");
  });
}

function queryRules(check: Check): void {
  check("[S23] a match is given back whole, with players, settlements and rules", async (archive) => {
    const row = { matchId: "match_1", kind: "payout", amount: "540", txHash: null, at: 5 };
    const ruled = { version: 1, rules: "{}", at: 7, position: 1 };
    const rows: ArchiveRow[] = [
      matchRow(1),
      matchRow(3, { rulesVersion: 2 }),
      playedBy(1, 2, 1),
      playedBy(1, 1, 0),
      { table: "settlement", row },
      { table: "settlement", row: { ...row, kind: "burn" } },
      { table: "rules", row: ruled },
    ];
    await archive.commit({ cursor: 1, events: [], rows });
    const found = await archive.match("match_1");
    assert.deepEqual([found?.match, found?.rules], [matchRow(1).row, ruled]);
    const order = [
      found?.players.map(({ playerId }) => playerId),
      found?.settlements.map(({ kind }) => kind),
    ];
    assert.deepEqual(order.flat(), ["player_1", "player_2", "burn", "payout"]);
    assert.equal((await archive.match("match_3"))?.rules, null);
    assert.equal(await archive.match("match_2"), undefined);
  });

  check("[S24, HT23] ratings, and preferences, are found by player, and ranked by mode", async (archive) => {
    const preferred = { playerId: "player_1", preferences: '{"modes":[]}', updatedAt: 9 };
    const rows: ArchiveRow[] = [
      playerRow(1),
      { table: "preferences", row: preferred },
      ratingRow(1, 1300),
      ratingRow(2, 1500),
      ratingRow(3, 1500),
      ratingRow(1, 900, "hunt"),
    ];
    await archive.commit({ cursor: 1, events: [], rows });
    assert.deepEqual(await archive.ratingOf({ playerId: "player_1", mode: "duel" }), ratingRow(1, 1300).row);
    assert.equal(await archive.ratingOf({ playerId: "player_9", mode: "duel" }), undefined);
    const best = await archive.leaderboard({ mode: "duel", limit: 2 });
    assert.deepEqual(
      best.map(({ playerId }) => playerId),
      ["player_2", "player_3"],
    );
    const found = await archive.player("player_1");
    assert.deepEqual(
      [found?.ratings.map(({ mode }) => mode), found?.preferences],
      [["duel", "hunt"], preferred],
    );
  });
}

function historyRules(check: Check): void {
  check("[S25] histories come newest first and in pages", async (archive) => {
    const rows: ArchiveRow[] = [1, 2, 3, 4].flatMap((id) => [matchRow(id), playedBy(id, 1)]);
    const change = { playerId: "player_1", mode: "duel", before: 1200, after: 1216, at: 1 };
    for (const id of [1, 2, 3])
      rows.push({ table: "ratingChange", row: { ...change, matchId: `match_${id}`, position: id } });
    await archive.commit({ cursor: 9, events: [], rows });
    const page = await archive.matchesOf({ playerId: "player_1", limit: 2 });
    assert.deepEqual(
      page.map(({ matchId }) => matchId),
      ["match_4", "match_3"],
    );
    const next = await archive.matchesOf({ playerId: "player_1", limit: 9, before: 3 });
    assert.deepEqual(
      next.map(({ matchId }) => matchId),
      ["match_2", "match_1"],
    );
    const history = await archive.ratingHistory({ playerId: "player_1", mode: "duel", limit: 2 });
    assert.deepEqual(
      history.map(({ position }) => position),
      [3, 2],
    );
    const older = await archive.ratingHistory({ playerId: "player_1", mode: "duel", limit: 9, before: 2 });
    assert.deepEqual(
      older.map(({ position }) => position),
      [1],
    );
  });

  check("[S26] events are read in order, after a place", async (archive) => {
    await archive.commit({ cursor: 3, events: [event(1), event(1, 1), event(2), event(3)], rows: [] });
    const after = await archive.events({ from: { position: 1, index: 0 }, limit: 2 });
    assert.deepEqual(after, [event(1, 1), event(2)]);
  });

  check("[S27] events of one type alone are read in order, too", async (archive) => {
    const settled = { ...event(2, 1), type: "match.settled" };
    await archive.commit({ cursor: 3, events: [event(1), event(2), settled, event(3)], rows: [] });
    const from = { position: 0, index: 0 };
    assert.deepEqual(await archive.events({ from, limit: 9, type: "match.settled" }), [settled]);
    const created = await archive.events({ from: event(1), limit: 1, type: "match.created" });
    assert.deepEqual(created, [event(2)]);
  });
}

function leaderboardRules(check: Check): void {
  const standing = (id: number, rating: number, deviation: number) => {
    const { table, row } = ratingRow(id, rating);
    return { table, row: { ...row, deviation } };
  };

  check("[N1] a leaderboard goes by rating less two deviations, then by player id", async (archive) => {
    const rows = [
      standing(1, 1800, 300),
      standing(3, 1500, 50),
      standing(2, 1450, 25),
      standing(4, 1500, 40),
    ];
    await archive.commit({ cursor: 1, events: [], rows: [...rows, ratingRow(9, 3000, "hunt")] });
    const best = await archive.leaderboard({ mode: "duel", limit: 9 });
    assert.deepEqual(
      best.map(({ playerId }) => playerId),
      ["player_4", "player_2", "player_3", "player_1"],
    );
  });

  check(
    "[N2] its pages give everybody once, whatever the ties and wherever they are cut",
    async (archive) => {
      const rows = Array.from({ length: 23 }, (_, id) => standing(id, 1000 + 0.1 * (id % 5), 0.1 * (id % 3)));
      await archive.commit({ cursor: 1, events: [], rows });
      const whole = await archive.leaderboard({ mode: "duel", limit: 100 });
      assert.equal(new Set(whole.map(({ playerId }) => playerId)).size, rows.length);
      for (const limit of [1, 2, 7]) {
        const paged: RatingRow[] = [];
        for (;;) {
          const last = paged.at(-1);
          const after = last && { estimate: last.rating - 2 * last.deviation, playerId: last.playerId };
          const page = await archive.leaderboard({ mode: "duel", limit, ...(after && { after }) });
          paged.push(...page);
          if (page.length === 0) break;
        }
        assert.deepEqual(paged, whole);
      }
    },
  );

  check("[N2] a page goes on behind a place that nobody has any more", async (archive) => {
    const rows = [standing(1, 1500, 0), standing(2, 1400, 0), standing(3, 1300, 0)];
    await archive.commit({ cursor: 1, events: [], rows });
    const after = { estimate: 1400, playerId: "player_2" };
    await archive.commit({ cursor: 2, events: [], rows: [standing(2, 1600, 0)] });
    const page = await archive.leaderboard({ mode: "duel", limit: 9, after });
    assert.deepEqual(
      page.map(({ playerId }) => playerId),
      ["player_3"],
    );
  });
}
