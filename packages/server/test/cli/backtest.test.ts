import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type EventRow, openSqliteFile } from "@matchforge/stores";
import { syntheticMatches } from "../../src/cli/ratings/synthetic-matches.ts";
import { matchforge } from "../e2e/command-line.ts";
import { ServerRig } from "../e2e/server-rig.ts";
import { TestFolder } from "./rules-files.ts";

interface Answer {
  readonly mode: string;
  readonly matches: number;
  readonly forfeits: number;
  readonly ties: number;
  readonly is_enough: boolean;
  readonly limit?: { readonly log_loss: number };
  readonly systems: readonly {
    readonly system: string;
    readonly is_own: boolean;
    readonly matches: number;
    readonly log_loss: number;
    readonly brier: number;
    readonly accuracy: number;
    readonly reliability: readonly {
      readonly count: number;
      readonly predicted: number;
      readonly came: number;
    }[];
  }[];
}

function backtest(...args: string[]): Answer[] {
  const { status, stdout, stderr } = matchforge("ratings", "backtest", ...args, "--json");
  assert.equal(status, 0, stderr);
  const lines = stdout
    .trim()
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Answer);
}

function systemOf(answer: Answer, name: string): Answer["systems"][number] {
  const found = answer.systems.find(({ system }) => system === name);
  assert.ok(found !== undefined, name);
  return found;
}

for (const seed of ["1", "2", "3"]) {
  test(`[N13] on drawn skills every system beats the coin, and none the skills themselves (seed ${seed})`, () => {
    const [answer] = backtest("--synthetic", "4000", "--seed", seed);
    assert.ok(answer.is_enough && answer.limit !== undefined);
    const coin = systemOf(answer, "coin");
    assert.ok(Math.abs(coin.log_loss - Math.LN2) < 1e-9 && coin.accuracy === 0.5);
    for (const name of ["elo", "glicko2", "weng_lin"]) {
      const { log_loss, brier, accuracy, matches } = systemOf(answer, name);
      assert.equal(matches, 4_000);
      assert.ok(log_loss < coin.log_loss - 0.05 && log_loss > answer.limit.log_loss, `${name} ${log_loss}`);
      assert.ok(brier < coin.brier - 0.02 && accuracy > 0.6, `${name} ${brier} ${accuracy}`);
    }
  });
}

test("[N13] Glicko-2 and Weng-Lin learn faster than Elo, and mean what they say", () => {
  const [answer] = backtest("--synthetic", "4000", "--seed", "5");
  const elo = systemOf(answer, "elo");
  for (const name of ["glicko2", "weng_lin"]) {
    const { log_loss, reliability } = systemOf(answer, name);
    assert.ok(log_loss < elo.log_loss, name);
    for (const { count, predicted, came } of reliability)
      if (count >= 200) assert.ok(Math.abs(predicted - came) < 0.15, `${name}: ${predicted} came ${came}`);
  }
});

test("[N13] the same seed draws the same duels, another one others", () => {
  const draw = (seed: number) => JSON.stringify(syntheticMatches({ count: 50, seed }));
  assert.equal(draw(7), draw(7));
  assert.notEqual(draw(7), draw(8));
  const ties = syntheticMatches({ count: 5_000, seed: 7 }).filter(({ teams }) =>
    teams.every(({ rank }) => rank === 1),
  );
  assert.ok(ties.length > 50 && ties.length < 200);
});

test("[N13] what cannot be drawn is told", () => {
  for (const args of [
    ["--synthetic", "0"],
    ["--synthetic", "10", "--seed", "-1"],
    ["--synthetic", "10", "--mode", "a"],
  ]) {
    const { status, stderr, stdout } = matchforge("ratings", "backtest", ...args);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /--s/);
  }
});

test("[N14] with fewer than 50 matches it says how little that tells", () => {
  const few = matchforge("ratings", "backtest", "--synthetic", "49");
  assert.match(few.stdout, /Only 49 to judge by: fewer than 50 say more about chance than about systems\./);
  assert.equal(backtest("--synthetic", "49")[0].is_enough, false);
  const enough = matchforge("ratings", "backtest", "--synthetic", "50");
  assert.ok(!enough.stdout.includes("Only"));
});

/** The event of a duel as the archive keeps it; `outcomes` are those of player_a and player_b. */
function resolved(
  position: number,
  outcomes: readonly [string, string],
  { mode = "duel", endReason = "completed" } = {},
): EventRow {
  const players = outcomes.map((outcome, team) => ({ player: `player_${"ab"[team]}`, team, outcome }));
  const payload = JSON.stringify({
    type: "match.resolved",
    match: `match_${position}`,
    mode,
    result: { endReason, players },
  });
  return eventAt(position, "match.resolved", payload);
}

function eventAt(position: number, type: string, payload: string): EventRow {
  return { position, index: 0, type, matchId: null, playerId: null, at: position, payload };
}

async function record(folder: TestFolder, events: readonly EventRow[]): Promise<void> {
  const file = await openSqliteFile({ path: join(folder.path, "matchforge.db") });
  await file.archive().commit({ cursor: 1_000, events, rows: [] });
  await file.close();
}

test("[N15] forfeits are rated and not judged, ties judged as ties, voided matches are nothing", async () => {
  using folder = new TestFolder();
  const events = [
    resolved(1, ["win", "loss"], { endReason: "forfeit" }),
    resolved(2, ["tie", "tie"]),
    resolved(3, ["loss", "win"]),
    eventAt(4, "match.voided", JSON.stringify({ type: "match.voided", match: "match_3" })),
    resolved(5, ["win", "loss"], { mode: "other" }),
  ];
  await record(folder, events);
  const [duel, other] = backtest(folder.path);
  assert.deepEqual([duel.mode, duel.matches, duel.forfeits, duel.ties], ["duel", 2, 1, 1]);
  assert.equal(systemOf(duel, "elo").matches, 1);
  // The forfeit has made player_a the favourite: a tie is then foretold worse than by a coin.
  assert.ok(systemOf(duel, "elo").brier > systemOf(duel, "coin").brier);
  assert.deepEqual([other.mode, other.matches], ["other", 1]);
  assert.deepEqual(backtest(folder.path, "--mode", "other"), [other]);
});

test("[N15] a mode without matches, or a recording without any, is told", async () => {
  using folder = new TestFolder();
  await record(folder, [resolved(1, ["win", "loss"], { endReason: "forfeit" })]);
  const unknown = matchforge("ratings", "backtest", folder.path, "--mode", "other");
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /No match of other has been decided there; there are some of duel\./);
  assert.match(matchforge("ratings", "backtest", folder.path).stdout, /None can be judged\./);
  using empty = new TestFolder();
  await record(empty, []);
  assert.equal(
    matchforge("ratings", "backtest", empty.path).stdout,
    "No match has been decided there yet.\n",
  );
});

/** Three duels of two players on a server; what it recorded is copied into a folder. */
async function playThrice(folder: TestFolder): Promise<void> {
  const server = await ServerRig.start();
  try {
    let players = [await server.player(), await server.player()] as const;
    for (let round = 0; round < 3; round += 1) {
      const [a, b, id, text] = await server.playing(
        { game_type: "code_duel", stake_tier: "bronze" },
        players,
      );
      const from = a.seen;
      await a.type(id, text);
      await a.next("match.settled", from);
      players = [a, b];
    }
    await server.coordinators[0]?.stop();
    cpSync(server.dataDir, folder.path, { recursive: true });
  } finally {
    await server.stop();
  }
}

test("[N15] what was played on a server is judged, under the mode's own numbers as well", async () => {
  using folder = new TestFolder();
  await playThrice(folder);
  const [answer] = backtest(folder.path, "--mode", "code_duel");
  assert.deepEqual([answer.matches, answer.forfeits, answer.is_enough], [3, 0, false]);
  assert.deepEqual(
    answer.systems.filter(({ is_own }) => is_own).map(({ system }) => system),
    ["elo"],
  );
  assert.ok(systemOf(answer, "elo").log_loss < systemOf(answer, "coin").log_loss);
});
