import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { defineMode, defineRules } from "@matchforge/core";
import type { Leaderboard, PlayerRatings } from "@matchforge/protocol";
import { leaderboard, playerRatings } from "@matchforge/protocol/schemas";
import { type ArchiveRow, MemoryArchiveStore } from "@matchforge/stores";
import { ServerRig } from "../e2e/server-rig.ts";
import { answerOf, problemOf } from "./http-client.ts";
import { HttpRig } from "./http-rig.ts";

const elo = { system: "elo", initial: 1200, k: 32, rounding: "truncate" } as const;
const glicko2 = {
  system: "glicko2",
  initial: 1500,
  deviation: 350,
  volatility: 0.06,
  tau: 0.5,
  periodsPerMatch: 1,
} as const;

const store = new MemoryArchiveStore();
let rig: HttpRig;
before(async () => {
  rig = await HttpRig.start(() => ({ archive: store.connect() }));
  const modes = [
    defineMode({ id: "duel", rating: elo }),
    defineMode({ id: "glicko", rating: glicko2 }),
    defineMode({ id: "casual" }),
  ];
  await rig.gateway.node.submit({ type: "rules.configure", rules: defineRules({ modes }) });
  const rows: ArchiveRow[] = [
    ...Array.from({ length: 25 }, (_, id) => ratingRow(`player_${id}`, { rating: 1000 + 10 * (id % 7) })),
    ratingRow("player_sure", { mode: "glicko", deviation: 60 }),
    ratingRow("player_unsure", { mode: "glicko", deviation: 111 }),
    ratingRow("player_new", { mode: "glicko", deviation: 60, games: 9 }),
    ratingRow("player_0", { mode: "casual" }),
  ];
  store.commit({ cursor: 1, events: [], rows });
});
after(() => rig.stop());

function ratingRow(
  playerId: string,
  changes: Partial<Extract<ArchiveRow, { table: "rating" }>["row"]>,
): ArchiveRow {
  const row = {
    playerId,
    mode: "duel",
    rating: 1200,
    deviation: 50,
    volatility: 0.06,
    games: 20,
    wins: 11,
    meanWpm: 60,
  };
  return { table: "rating", row: { ...row, updatedAt: 9, ...changes } };
}

const board = (mode: string, query = "", url = rig.url): Promise<Leaderboard> =>
  answerOf(url, { ...leaderboard, path: `/api/v1/leaderboard/${mode}${query}` });
const ratings = (id: string, query = "", url = rig.url): Promise<PlayerRatings> =>
  answerOf(url, { ...playerRatings, path: `/api/v1/players/${id}/ratings${query}` });

test("[N4] pages of a leaderboard join to the whole, with ranks that go on", async () => {
  const whole = await board("duel");
  assert.equal(whole.players.length, 25);
  assert.deepEqual(
    whole.players.map(({ rank }) => rank),
    whole.players.map((_, index) => index + 1),
  );
  assert.equal(whole.next, null);
  const paged: Leaderboard["players"] = [];
  let next: string | null = "";
  while (next !== null) {
    const page: Leaderboard = await board(
      "duel",
      `?limit=5${next === "" ? "" : `&after=${encodeURIComponent(next)}`}`,
    );
    assert.ok(page.players.length > 0 && page.players.length <= 5);
    paged.push(...page.players);
    next = page.next;
  }
  assert.deepEqual(paged, whole.players);
});

test("[N5] the order is by estimate; who is little known is marked", async () => {
  const { players } = await board("glicko");
  assert.deepEqual(
    players.map(({ player_id, estimate, is_provisional }) => [player_id, estimate, is_provisional]),
    [
      ["player_new", 1080, true],
      ["player_sure", 1080, false],
      ["player_unsure", 978, true],
    ],
  );
  assert.ok((await board("duel")).players.every(({ is_provisional }) => !is_provisional));
});

test("[N5] an unrated mode ranks nobody, an unknown one is told", async () => {
  assert.deepEqual(await board("casual"), { mode: "casual", is_rated: false, players: [], next: null });
  assert.equal((await problemOf(await rig.get("/api/v1/leaderboard/nothing"))).code, "QUEUE_NOT_FOUND");
});

const wrong: readonly (readonly [path: string, code: string])[] = [
  ["/api/v1/leaderboard/duel?limit=0", "INVALID_FIELD"],
  ["/api/v1/leaderboard/duel?limit=101", "INVALID_FIELD"],
  ["/api/v1/leaderboard/duel?limit=1&limit=2", "INVALID_FIELD"],
  ["/api/v1/leaderboard/duel?after=nonsense", "INVALID_FIELD"],
  ["/api/v1/leaderboard/duel?after=1:NaN:player_1", "INVALID_FIELD"],
  ["/api/v1/leaderboard/duel?offset=10", "UNKNOWN_FIELD"],
  ["/api/v1/players/nobody/ratings", "INVALID_FIELD"],
  ["/api/v1/players/player_1/ratings?before=3", "INVALID_FIELD"],
  ["/api/v1/players/player_1/ratings?mode=duel&before=x", "INVALID_FIELD"],
  ["/api/v1/players/player_1/ratings?mode=a%20b", "INVALID_FIELD"],
];
for (const [path, code] of wrong) {
  test(`[N6] what makes no sense is refused: ${path}`, async () => {
    assert.equal((await problemOf(await rig.get(path))).code, code);
  });
}

test("[N6] a player nobody knows is told, once the archive has caught up", async () => {
  const { position } = rig.gateway.node.state;
  store.commit({ cursor: position + 1_000, events: [], rows: [] });
  assert.equal((await problemOf(await rig.get("/api/v1/players/player_9/ratings"))).code, "PLAYER_NOT_FOUND");
});

describe("a server", () => {
  let server: ServerRig;
  before(async () => {
    server = await ServerRig.start();
  });
  after(() => server.stop());

  test("[N7] duels played on a server are on its leaderboard and in the history of both", async () => {
    const bronze = { game_type: "code_duel", stake_tier: "bronze" };
    let players = [await server.player(), await server.player()] as const;
    const played: string[] = [];
    for (const winner of [0, 0, 1] as const) {
      const [a, b, id, text] = await server.playing(bronze, players);
      const from = a.seen;
      await players[winner].type(id, text);
      await a.next("match.settled", from);
      // A match that has ended is answered from the archive: from then on it knows the ratings, too.
      await fetch(`${server.url}/api/v1/matches/${id}`);
      played.unshift(id);
      players = [a, b];
    }
    const [first, second] = players.map(({ id }) => id);
    const { players: best } = await board("code_duel", "", server.url);
    assert.deepEqual(
      best.map(({ player_id, games, wins }) => [player_id, games, wins]),
      [
        [first, 3, 2],
        [second, 3, 1],
      ],
    );
    assert.ok(best.every(({ is_provisional }) => is_provisional));
    const own = await ratings(first, "?mode=code_duel&limit=2", server.url);
    assert.deepEqual(
      own.history?.changes.map(({ match_id }) => match_id),
      played.slice(0, 2),
    );
    const older = await ratings(first, `?mode=code_duel&before=${own.history?.next}`, server.url);
    assert.deepEqual(older.history?.changes[0], {
      ...older.history?.changes[0],
      match_id: played[2],
      before: 1200,
      after: 1216,
    });
    assert.equal(older.history?.next, null);
    assert.equal(own.ratings[0].rating, own.history?.changes[0].after);
    assert.equal((await ratings(second, "", server.url)).history, null);
  });
});
