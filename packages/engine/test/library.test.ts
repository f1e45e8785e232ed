import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  commitText,
  type KernelEvent,
  type PlayerId,
  type RatingRules,
  ratingSystemOf,
} from "@matchforge/core";
import { createMatchForge, defineMode, type MatchForge } from "../src/index.ts";

const rating = { system: "elo", k: 32, initial: 1200, rounding: "truncate" } as const;
const quick = defineMode({ id: "quick", rating, countdownMs: 0 });
const staked = defineMode({
  id: "staked",
  game: "typing_duel",
  stakes: [{ tier: "low", stake: "100" }],
  requires: ["escrow"],
  countdownMs: 3_000,
});

function matched(
  forge: MatchForge,
  mode = "quick",
  tier?: string,
): { match: `match_${string}`; players: PlayerId[] } {
  for (const player of ["player_ada", "player_bob"] as const) {
    assert.equal(forge.join({ player, mode, ...(tier !== undefined && { tier }) }).ok, true);
  }
  forge.tick(1_000);
  const match = forge.matchOf("player_ada");
  assert.ok(match);
  return { match: match.id, players: match.players.map(({ id }) => id) };
}

function acceptAll(
  forge: MatchForge,
  { match, players }: { match: `match_${string}`; players: PlayerId[] },
): void {
  for (const player of players) assert.deepEqual(forge.accept({ match, player }), { ok: true });
}

const typesOf = (events: readonly KernelEvent[]) => events.map(({ type }) => type);

test("[L1] [L2] joining waits; a tick forms the match and says so", () => {
  const forge = createMatchForge({ modes: [quick] });
  forge.join({ player: "player_ada", mode: "quick" });
  forge.join({ player: "player_bob", mode: "quick" });
  assert.equal(forge.waiting({ mode: "quick" }), 2);
  assert.equal(forge.matchOf("player_ada"), undefined);
  const heard: string[] = [];
  const end = forge.on("match.created", ({ match }, atMs) => heard.push(`${match} at ${atMs}`));
  const events = forge.tick(500);
  assert.ok(typesOf(events).includes("match.created"));
  assert.equal(heard.length, 1);
  assert.match(heard[0] ?? "", /^match_\w+ at 500$/);
  assert.equal(forge.waiting({ mode: "quick" }), 0);
  end();
});

test("[L2] what a listener does comes after what it was told of, for everybody", () => {
  const forge = createMatchForge({ modes: [defineMode({ ...quick, countdownMs: 0 })] });
  forge.on("match.created", ({ match, players }) => {
    for (const { player } of players) assert.deepEqual(forge.accept({ match, player }), { ok: true });
  });
  const heard: string[] = [];
  for (const type of ["match.created", "match.accepted", "match.preparing"] as const)
    forge.on(type, () => heard.push(type));
  forge.join({ player: "player_ada", mode: "quick" });
  forge.join({ player: "player_bob", mode: "quick" });
  const events = typesOf(forge.tick(500)).filter((type) => type.startsWith("match."));
  assert.deepEqual(heard, ["match.created", "match.accepted", "match.accepted", "match.preparing"]);
  assert.deepEqual(events.slice(0, 4), heard);
});

test("[L2] a listener that fails keeps nobody from what happens next", () => {
  const forge = createMatchForge({ modes: [quick] });
  const end = forge.on("match.created", () => {
    throw new Error("a listener's own");
  });
  forge.join({ player: "player_ada", mode: "quick" });
  forge.join({ player: "player_bob", mode: "quick" });
  assert.throws(() => forge.tick(500), /a listener's own/);
  end();
  assert.ok(typesOf(forge.tick(16_500)).includes("match.cancelled"));
});

test("[L2] a tick fires the deadlines that came due: nobody accepted", () => {
  const forge = createMatchForge({ modes: [quick] });
  const { match } = matched(forge);
  assert.deepEqual(
    typesOf(forge.tick(15_999)).filter((type) => type !== "node.heard"),
    [],
  );
  assert.ok(typesOf(forge.tick(16_000)).includes("match.cancelled"));
  assert.equal(forge.match(match), undefined);
  assert.equal(forge.waiting({ mode: "quick" }), 0);
});

test("[L1] a mate may be called like something that every object has", () => {
  const roles = ["tank", "healer"].map((role) => ({ role, count: 1 }));
  const forge = createMatchForge({ modes: [defineMode({ id: "squad", teams: [2, 2], roles })] });
  const mates = ["constructor" as PlayerId];
  const joined = forge.join({ player: "player_ada", mates, mode: "squad", roles: ["tank"], roleOfMates: {} });
  assert.equal(joined.ok, true);
});

test("[L3] time may jump but not go back", () => {
  const forge = createMatchForge({ modes: [quick] });
  forge.join({ player: "player_ada", mode: "quick" });
  assert.ok(typesOf(forge.tick(10_000_000)).includes("ticket.ended"));
  assert.throws(() => forge.tick(9_999_999), /time goes back/);
});

test("[L4] refusals carry a code and change nothing", () => {
  const forge = createMatchForge({ modes: [quick] });
  assert.deepEqual(forge.join({ player: "player_ada", mode: "unknown" }), {
    ok: false,
    code: "QUEUE_NOT_FOUND",
  });
  forge.join({ player: "player_ada", mode: "quick" });
  const before = forge.snapshot();
  assert.deepEqual(forge.accept({ match: "match_none", player: "player_ada" }), {
    ok: false,
    code: "MATCH_NOT_FOUND",
  });
  assert.deepEqual(forge.join({ player: "player_ada", mode: "quick" }), {
    ok: false,
    code: "ALREADY_IN_QUEUE",
  });
  assert.deepEqual(forge.leave("player_nobody"), { ok: false, code: "PLAYER_NOT_FOUND" });
  assert.deepEqual(forge.finish({ match: "match_none", ranks: [1, 2] }), {
    ok: false,
    code: "MATCH_NOT_FOUND",
  });
  const [, ...after] = JSON.parse(forge.snapshot()[0] ?? "[]");
  const [, ...expected] = JSON.parse(before[0] ?? "[]");
  assert.deepEqual(
    after.filter(([kind]: [string]) => kind !== "node"),
    expected.filter(([kind]: [string]) => kind !== "node"),
  );
});

test("[L4] modes that cannot be used are refused at once", () => {
  assert.throws(() => createMatchForge({ modes: [{ ...quick, maxWaitMs: -1 }] }), RangeError);
  const forge = createMatchForge({ modes: [quick] });
  assert.deepEqual(forge.registerMode({ ...quick, teams: [0] }), {
    ok: false,
    code: "INVALID_CONFIGURATION",
  });
});

test("[L5] from queue to new ratings", () => {
  const forge = createMatchForge({ modes: [quick] });
  const found = matched(forge);
  acceptAll(forge, found);
  forge.tick(2_000);
  assert.deepEqual(forge.finish({ match: found.match, ranks: [1, 2] }), { ok: true });
  const [winner, loser] = found.players as [PlayerId, PlayerId];
  assert.equal(forge.recordOf({ player: winner, mode: "quick" })?.rating, 1216);
  assert.equal(forge.recordOf({ player: loser, mode: "quick" })?.rating, 1184);
  assert.equal(forge.match(found.match), undefined);
  assert.equal(forge.recordOf({ player: "player_nobody", mode: "quick" }), undefined);
});

test("[L6] [L7] a wagered duel is begun with its committed text and settled from the books", () => {
  const forge = createMatchForge();
  assert.deepEqual(forge.registerMode(staked), { ok: true });
  // The faucet is off by default, so nobody can pay.
  assert.deepEqual(forge.join({ player: "player_ada", mode: "staked", tier: "low" }), {
    ok: false,
    code: "INSUFFICIENT_FUNDS",
  });
  const rich = createMatchForge({ modes: [staked], faucet: { amount: "1000", everyMs: 0 } });
  const started: Extract<KernelEvent, { type: "match.started" }>[] = [];
  const settled: Extract<KernelEvent, { type: "match.settled" }>[] = [];
  rich.on("match.started", (event) => started.push(event));
  rich.on("match.settled", (event) => settled.push(event));
  const found = matched(rich, "staked", "low");
  const { commitment } = rich.match(found.match) ?? {};
  acceptAll(rich, found);
  rich.tick(10_000);
  const [{ text, salt } = { text: null, salt: null }] = started;
  assert.ok(text !== null && salt !== null);
  assert.equal(commitText({ text, salt }), commitment);
  rich.abandon({ match: found.match, player: found.players[0] as PlayerId });
  assert.deepEqual(
    settled.map(({ payouts, burned }) => ({ payouts, burned })),
    [{ payouts: [{ player: found.players[1], amount: 180n }], burned: 20n }],
  );
});

test("[L8] leaving, declining and abandoning put everybody else back", () => {
  const forge = createMatchForge({ modes: [quick] });
  forge.join({ player: "player_eve", mode: "quick" });
  assert.deepEqual(forge.leave("player_eve"), { ok: true });
  assert.equal(forge.waiting({ mode: "quick" }), 0);
  const found = matched(forge);
  const [first, second] = found.players as [PlayerId, PlayerId];
  assert.deepEqual(forge.decline({ match: found.match, player: first }), { ok: true });
  assert.equal(forge.waiting({ mode: "quick" }), 1);
  assert.equal(forge.join({ player: first, mode: "quick" }).ok, true);
  forge.tick(1_100);
  const again = forge.matchOf(second);
  assert.ok(again);
  acceptAll(forge, { match: again.id, players: [first, second] });
  forge.tick(1_200);
  assert.deepEqual(forge.abandon({ match: again.id, player: first }), { ok: true });
  assert.equal(forge.recordOf({ player: second, mode: "quick" })?.wins, 1);
});

test("[L9] a live match keeps the rules it was made under", () => {
  const forge = createMatchForge({ modes: [quick] });
  const found = matched(forge);
  acceptAll(forge, found);
  forge.registerMode({ ...quick, rating: { ...rating, k: 64 } });
  forge.tick(2_000);
  forge.finish({ match: found.match, ranks: [1, 2] });
  assert.equal(forge.recordOf({ player: found.players[0] as PlayerId, mode: "quick" })?.rating, 1216);
});

test("[L10] a snapshot goes on where it was taken", () => {
  const forge = createMatchForge({ modes: [quick] });
  const found = matched(forge);
  const restored = createMatchForge({ snapshot: forge.snapshot() });
  for (const one of [forge, restored]) {
    acceptAll(one, found);
    one.tick(2_000);
    one.finish({ match: found.match, ranks: [2, 1] });
  }
  assert.deepEqual(restored.snapshot(), forge.snapshot());
});

test("[L11] the same calls give the same events", () => {
  const play = () => {
    const forge = createMatchForge({ modes: [quick] });
    const heard: unknown[] = [];
    forge.on("match.created", (event) => heard.push(event));
    for (let index = 0; index < 20; index += 1) forge.join({ player: `player_${index}`, mode: "quick" });
    forge.tick(100);
    return heard;
  };
  assert.equal(play().length, 10);
  assert.deepEqual(play(), play());
});

test("[L12] the example runs and prints what it says", () => {
  const example = fileURLToPath(new URL("../../../examples/basic.ts", import.meta.url));
  const output = execFileSync(process.execPath, [example], { encoding: "utf8" });
  assert.match(output, /1000 ms: match_\w+ brings together player_\w+ and player_\w+/);
  assert.match(output, /4000 ms: match_\w+ starts/);
  assert.match(output, /is rated 1216 after 1 game/);
});

test("[R53] a match in a mode of each system moves ratings as the system says", () => {
  const systems: readonly RatingRules[] = [
    { system: "elo", initial: 1200, k: 32, rounding: "none" },
    { system: "glicko2", initial: 1500, deviation: 350, volatility: 0.06, tau: 0.5, periodsPerMatch: 1 },
    { system: "weng_lin", initial: 1500, deviation: 350, beta: 25 / 6, tau: 25 / 300 },
  ];
  for (const rating of systems) {
    const forge = createMatchForge();
    forge.registerMode(defineMode({ id: "rated", rating, readyCheckMs: null, countdownMs: 0 }));
    for (const player of ["player_a", "player_b"] as const) forge.join({ player, mode: "rated" });
    forge.tick(1_000);
    const match = forge.matchOf("player_a");
    assert.ok(match !== undefined);
    forge.tick(2_000);
    forge.finish({ match: match.id, ranks: [1, 2] });
    const system = ratingSystemOf(rating);
    const newcomer = { ratings: [system.initial()] };
    const expected = system.rate([
      { ...newcomer, rank: 1 },
      { ...newcomer, rank: 2 },
    ]);
    for (const [team, { id }] of match.players.entries()) {
      const record = forge.recordOf({ player: id, mode: "rated" });
      const { rating: points, deviation, volatility, games } = record ?? assert.fail("no record");
      assert.deepEqual({ rating: points, deviation, volatility, games }, expected[team]?.[0]);
    }
  }
});

test("[L13] why a player waits can be asked for", () => {
  const forge = createMatchForge();
  forge.registerMode(defineMode({ id: "rated", rating, readyCheckMs: null, countdownMs: 0 }));
  assert.equal(forge.explain({ player: "player_a", mode: "rated" }), undefined);
  forge.join({ player: "player_a", mode: "rated", opponentRating: { min: 1_900 } });
  forge.join({ player: "player_b", mode: "rated" });
  forge.tick(1_000);
  const told = forge.explain({ player: "player_a", mode: "rated" });
  assert.deepEqual([told?.candidates, told?.matchable, told?.blocked.opponent_rating], [1, 0, 1]);
});
