import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createMatchForge,
  defineMode,
  defineRules,
  fiveVsFive,
  freeForAll,
  type MatchForge,
  oneVsOne,
  permissive,
  Runner,
  rulesProblems,
  runnerPresets,
  strict,
  twoVsTwo,
} from "../src/index.ts";

const elo = { system: "elo", k: 32, initial: 1200, rounding: "none" } as const;
const quick = defineMode({ id: "quick", readyCheckMs: null, countdownMs: 0, rating: elo });

test("[L14] a player comes with the ratings that are known", () => {
  const forge = createMatchForge({ modes: [quick] });
  const record = {
    mode: "quick",
    rating: 1_700,
    deviation: 90,
    volatility: 0.06,
    games: 9,
    wins: 5,
    meanWpm: 0,
  };
  assert.equal(forge.connect("player_ada", [record]).ok, true);
  assert.equal(forge.recordOf({ player: "player_ada", mode: "quick" })?.rating, 1_700);
  forge.connect("player_ada", [{ ...record, rating: 900, games: 3 }]);
  assert.equal(forge.recordOf({ player: "player_ada", mode: "quick" })?.rating, 1_700);
  assert.deepEqual(forge.connect("player_bob", [{ ...record, rating: Number.NaN }]), {
    ok: false,
    code: "INVALID_CONFIGURATION",
  });
});

test("[L14] who is away for 15 s loses the ticket", () => {
  const forge = createMatchForge({ modes: [quick] });
  forge.join({ player: "player_ada", mode: "quick" });
  assert.equal(forge.disconnect("player_ada").ok, true);
  forge.tick(14_000);
  assert.equal(forge.waiting({ mode: "quick" }), 1);
  forge.tick(15_000);
  assert.equal(forge.waiting({ mode: "quick" }), 0);
});

test("[L15] a party is made, queues and plays as one", () => {
  const forge = createMatchForge({ modes: [defineMode({ ...quick, ...twoVsTwo })] });
  const made = forge.parties.create({ leader: "player_ada" });
  assert.ok(made.ok);
  const { party } = made;
  assert.equal(forge.parties.add({ party, player: "player_bob" }).ok, true);
  assert.equal(forge.parties.of("player_bob")?.id, party);
  assert.equal(forge.parties.ratingOf({ party, mode: "quick" }), 1_200);
  assert.equal(forge.join({ player: "player_ada", mode: "quick", party }).ok, true);
  for (const player of ["player_cyd", "player_dan"] as const) forge.join({ player, mode: "quick" });
  forge.tick(1_000);
  const match = forge.matchOf("player_ada");
  const teamOf = (id: string) => match?.players.find((player) => player.id === id)?.team;
  assert.equal(teamOf("player_ada"), teamOf("player_bob"));
  assert.notEqual(teamOf("player_ada"), teamOf("player_cyd"));
});

test("[L15] parties answer with the kernel's codes", () => {
  const forge = createMatchForge({ modes: [quick] });
  assert.deepEqual(forge.parties.add({ party: "party_x", player: "player_bob" }), {
    ok: false,
    code: "PARTY_NOT_FOUND",
  });
  const made = forge.parties.create({ leader: "player_ada", sizeMax: 2 });
  assert.ok(made.ok);
  const { party } = made;
  forge.parties.add({ party, player: "player_bob" });
  assert.deepEqual(forge.parties.add({ party, player: "player_cyd" }), { ok: false, code: "PARTY_FULL" });
  assert.equal(forge.parties.promote({ party, player: "player_ada", member: "player_bob" }).ok, true);
  assert.equal(forge.parties.kick({ party, player: "player_bob", member: "player_ada" }).ok, true);
  assert.equal(forge.parties.disband({ party, player: "player_bob" }).ok, true);
  assert.equal(forge.parties.get(party), undefined);
});

test("[L16] of several modes the first match takes the ticket out of all", () => {
  const forge = createMatchForge({ modes: [quick, defineMode({ ...quick, id: "other" })] });
  forge.join({ player: "player_ada", mode: "quick", modes: ["other"] });
  forge.join({ player: "player_bob", mode: "other" });
  forge.join({ player: "player_cyd", mode: "quick" });
  const created = forge.tick(1_000).filter(({ type }) => type === "match.created");
  assert.equal(created.length, 1);
  assert.equal(forge.waiting({ mode: "quick" }) + forge.waiting({ mode: "other" }), 1);
});

const staged = defineMode({ id: "staged", rating: elo, countdownMs: 0, autoDispatch: false, maps: ["mill"] });

function lobbyOf(forge: MatchForge) {
  forge.join({ player: "player_ada", mode: "staged", custom: { skin: "red" } });
  forge.join({ player: "player_bob", mode: "staged" });
  forge.tick(1_000);
  const [lobby] = forge.lobbies.list({ mode: "staged" });
  return lobby;
}

test("[L17] a lobby waits for its players, is ready, dispatched and closed", () => {
  const forge = createMatchForge({ modes: [staged] });
  const { match, ...lobby } = lobbyOf(forge);
  assert.equal(lobby.state, "waiting_for_ready");
  assert.equal(lobby.map, "mill");
  assert.deepEqual(
    lobby.custom.map(({ custom }) => custom),
    ['{"skin":"red"}'],
  );
  forge.lobbies.markReady({ match, player: "player_ada" });
  assert.deepEqual(forge.lobbies.get(match)?.ready, ["player_ada"]);
  assert.equal(forge.lobbies.dispatch({ match, server: "eu-1" }).ok, false);
  forge.lobbies.markReady({ match, player: "player_bob" });
  assert.equal(forge.lobbies.get(match)?.state, "ready");
  assert.equal(forge.lobbies.dispatch({ match, server: "eu-1" }).ok, true);
  const { state, server, teams } = forge.lobbies.get(match) ?? assert.fail();
  assert.deepEqual([state, server], ["dispatched", "eu-1"]);
  assert.deepEqual(teams.flat().sort(), ["player_ada", "player_bob"]);
  assert.equal(forge.lobbies.close({ match, reason: "over" }).ok, true);
  assert.equal(forge.lobbies.get(match), undefined);
});

test("[L23] the presets make modes that can be used", () => {
  const modes = [
    defineMode({ id: "one", ...oneVsOne, ...permissive }),
    defineMode({ id: "two", ...twoVsTwo, ...strict({ regions: ["eu", "us"] }) }),
    defineMode({ id: "five", ...fiveVsFive, ...permissive }),
    defineMode({ id: "brawl", ...freeForAll(8), ...permissive }),
  ];
  assert.deepEqual(rulesProblems(defineRules({ modes })), []);
  for (const players of [1, 65, 2.5]) assert.throws(() => freeForAll(players), RangeError);
});

test("[L23] everybody for themselves: eight make one match", () => {
  const forge = createMatchForge({ modes: [defineMode({ ...quick, ...freeForAll(8), ...permissive })] });
  for (let id = 0; id < 9; id += 1) forge.join({ player: `player_${id}`, mode: "quick" });
  forge.tick(1_000);
  assert.equal(forge.waiting({ mode: "quick" }), 1);
  const match = forge.matchOf("player_0");
  assert.deepEqual(new Set(match?.players.map(({ team }) => team)).size, 8);
  if (match) forge.finish({ match: match.id, ranks: [1, 2, 3, 4, 5, 6, 7, 8] });
  const [best] = forge.leaderboard({ mode: "quick", limit: 3 });
  assert.equal(best.player, match?.players.find(({ team }) => team === 0)?.id);
});

test("[L24] a runner lets time pass until it is stopped", async () => {
  const forge = createMatchForge({ modes: [quick] });
  forge.join({ player: "player_ada", mode: "quick" });
  forge.join({ player: "player_bob", mode: "quick" });
  const runner = new Runner(forge, { intervalMs: 1 });
  const found = new Promise<void>((resume) => {
    forge.on("match.created", () => resume());
  });
  runner.start();
  assert.equal(runner.isRunning, true);
  await found;
  runner.stop();
  assert.equal(runner.isRunning, false);
  const stoppedAt = forge.nowMs();
  await new Promise((resume) => setTimeout(resume, 20));
  assert.equal(forge.nowMs(), stoppedAt);
});

test("[L24] a runner tells what went wrong and goes on", async () => {
  const forge = createMatchForge({ modes: [quick] });
  let times = 0;
  const twice = new Promise<void>((resume) => {
    const runner = new Runner(forge, {
      ...runnerPresets.fast,
      intervalMs: 1,
      now: () => -1,
      onError: () => {
        times += 1;
        if (times < 2) return;
        runner.stop();
        resume();
      },
    });
    runner.start();
  });
  await twice;
  for (const intervalMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => new Runner(forge, { intervalMs }), RangeError);
});

test("[L25] an estimate comes from the last waits of similar ratings", () => {
  const forge = createMatchForge({ modes: [quick] });
  let at = 0;
  for (let round = 0; round < 10; round += 1) {
    forge.join({ player: `player_a${round}`, mode: "quick" });
    at += 4_000;
    forge.tick(at);
    forge.join({ player: `player_b${round}`, mode: "quick" });
    at += 1_000;
    forge.tick(at);
  }
  forge.join({ player: "player_z", mode: "quick" });
  const estimate = forge.estimate({ player: "player_z", mode: "quick" });
  assert.equal(estimate?.samples, 20);
  assert.ok(estimate.medianMs >= 0 && estimate.medianMs <= 5_000 && estimate.longMs >= 4_000);
  assert.equal(forge.estimate({ player: "player_a1", mode: "quick" }), undefined);
});

test("[L26] a mode of rounds registers players, starts when full, and rates everybody", () => {
  const round = { playersMin: 3, playersMax: 8, registrationMs: 60_000, extensionMs: 30_000 };
  const forge = createMatchForge({
    modes: [defineMode({ ...quick, ...permissive, round, durationMs: 600_000 })],
  });
  for (let id = 0; id < 5; id += 1) forge.join({ player: `player_${id}`, mode: "quick" });
  forge.tick(1_000);
  const [lobby] = forge.lobbies.list();
  assert.deepEqual([lobby.state, lobby.teams.length], ["forming", 5]);
  for (let id = 5; id < 12; id += 1) forge.join({ player: `player_${id}`, mode: "quick" });
  forge.tick(2_000);
  assert.deepEqual(
    forge.lobbies.list().map(({ state, teams }) => [state, teams.length]),
    [
      ["dispatched", 8],
      ["forming", 4],
    ],
  );
  const [[leaver]] = forge.lobbies.list()[1].teams;
  assert.equal(forge.leave(leaver).ok, true);
  forge.tick(62_000);
  assert.deepEqual(
    forge.lobbies.list().map(({ state, teams }) => [state, teams.length]),
    [
      ["dispatched", 8],
      ["dispatched", 3],
    ],
  );
});
