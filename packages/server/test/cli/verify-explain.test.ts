import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Command, MatcherPropose, MatchId } from "@matchforge/core";
import { openSqliteFile } from "@matchforge/stores";
import { parseRules } from "../../src/index.ts";
import { matchforge } from "../e2e/command-line.ts";
import { ShardHttpRig } from "../http/shard-http-rig.ts";
import { duelText, TestFolder } from "./rules-files.ts";

const ladder = { mode: "ladder", tier: null };

let folder: TestFolder;
let match: MatchId;
let waiting: string;
before(async () => {
  folder = new TestFolder();
  const rig = await ShardHttpRig.start(folder.path);
  match = await rig.playing(["player_one", "player_two"]);
  await rig.done({ type: "match.abandon", match, player: "player_one" });
  for (const [place, rating] of [1_200, 1_300, 1_450, 1_900].entries())
    await rig.queue(`player_waits_${place}`, ladder, { rating });
  waiting = rig.state.players.get("player_waits_1")?.ticket ?? "";
  await rig.stop();
});
after(() => folder[Symbol.dispose]());

const lineOf = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>;

test("[RC10] a match of a data folder is formed again, and what it came from is told", () => {
  const run = matchforge("verify", match, folder.path, "--json");
  assert.equal(run.status, 0, run.stderr);
  const told = lineOf(run.stdout);
  assert.deepEqual([told.match, told.ok, told.difference, told.pool], [match, true, null, "duel:bronze"]);
  assert.deepEqual(told.costs, [{ term: "rating_gap", secs: 0 }]);
  const { basis, replayed, snapshot, position } = told as Record<string, never> & {
    basis: { position: number };
  };
  assert.ok(basis.position === Number(snapshot) + Number(replayed) && basis.position < Number(position));
  const text = matchforge("verify", match, folder.path);
  assert.equal(text.status, 0);
  assert.match(
    text.stdout,
    new RegExp(`^${match} at position \\d+: OK\n  replayed +\\d+ entries from the beginning`),
  );
  assert.match(
    text.stdout,
    /\n {2}basis +position \d+, .*\n {2}rules +version 1, .*\n {2}team 0 +ticket_\w+\n/,
  );
  assert.match(text.stdout, /\n {2}costs +0 s of waiting: rating_gap 0 s\n {2}considered +1 tickets/);
});

test("[RC10] a match that was not what its wave would make differs, with exit code 1", async () => {
  using forged = new TestFolder();
  await copy(folder, forged, (one) => ({ ...one, quality: { ...one.quality, costSecs: 7 } }));
  const run = matchforge("verify", match, forged.path);
  assert.equal(run.status, 1, run.stderr);
  assert.match(run.stdout, /: DIFFERS: it costs 0 s, and 7 s were claimed\n {2}replayed/);
  assert.equal(lineOf(matchforge("verify", match, forged.path, "--json").stdout).ok, false);
});

/** The log of a folder once more, with its proposal changed; without an archive, and without snapshots. */
async function copy(
  from: TestFolder,
  to: TestFolder,
  change: (proposal: MatcherPropose) => MatcherPropose,
): Promise<void> {
  const source = await openSqliteFile({ path: join(from.path, "matchforge.db") });
  const target = await openSqliteFile({ path: join(to.path, "matchforge.db") });
  for (const batch of await source.log().read({ from: 1, limit: 1_000 })) {
    const commands = (JSON.parse(batch.commands) as MatcherPropose[]).map((command) =>
      command.type === "matcher.propose" ? change(command) : command,
    );
    const { node, boot, sequence, count } = batch;
    await target.log().append({ node, boot, sequence, count, commands: JSON.stringify(commands) });
  }
  await source.close();
  await target.close();
}

test("[RC10] a match that is not there, was trimmed or made by hand is told with what to do", async () => {
  const unknown = matchforge("verify", "match_unknown", folder.path);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /match_unknown is not in this recording\. Check the id/);
  using hand = new TestFolder();
  await copy(folder, hand, (one) => ({
    ...one,
    quality: { ...one.quality, basis: { ...one.quality.basis, wave: "hand" } },
  }));
  const byHand = matchforge("verify", match, hand.path);
  assert.equal(byHand.status, 2);
  assert.match(byHand.stderr, /no matcher of ours formed it/);
  using trimmed = new TestFolder();
  await copy(folder, trimmed, (one) => one);
  const file = await openSqliteFile({ path: join(trimmed.path, "matchforge.db") });
  const { position } = await file.log().head();
  const positionOfMatch = Number(lineOf(matchforge("verify", match, folder.path, "--json").stdout).position);
  await file.log().writeSnapshot({ position: positionOfMatch + 1, hash: "h", level: 1 }, ["a"]);
  await file.log().trim({ before: positionOfMatch + 1 });
  const row = (await archivedRow())?.match;
  assert.ok(row !== undefined && position > positionOfMatch);
  await file.archive().commit({ cursor: positionOfMatch + 1, events: [], rows: [{ table: "match", row }] });
  await file.close();
  const gone = matchforge("verify", match, trimmed.path);
  assert.equal(gone.status, 2, gone.stdout + gone.stderr);
  assert.match(gone.stderr, /has been trimmed\. Use a copy of the data folder/);
});

async function archivedRow() {
  const file = await openSqliteFile({ path: join(folder.path, "matchforge.db") });
  try {
    return await file.archive().match(match);
  } finally {
    await file.close();
  }
}

test("[RC14] why a ticket waited at the end of a recording is told, with everything that is known", () => {
  const run = matchforge("explain", waiting, folder.path, "--json");
  assert.equal(run.status, 0, run.stderr);
  const told = lineOf(run.stdout) as { pools: Record<string, unknown>[]; players: string[] };
  assert.deepEqual(told.players, ["player_waits_1"]);
  const [{ blocked, nearest, waited_ms, window, ...pool }] = told.pools;
  assert.deepEqual(pool, {
    pool: "ladder",
    rating: 1_300,
    candidates: 3,
    matchable: 0,
    estimate: null,
    would_match: null,
  });
  assert.equal((blocked as Record<string, number>).rating_window, 3);
  const { rating_gap, reached_in_ms } = nearest as Record<string, number>;
  assert.equal(rating_gap, 100);
  assert.ok(Number(reached_in_ms) > 0 && Number(reached_in_ms) <= 100_000);
  assert.ok(Number(waited_ms) >= 0 && window === 10);
  const { stdout } = matchforge("explain", waiting, folder.path);
  assert.match(
    stdout,
    new RegExp(`^${waiting} of player_waits_1, as of position \\d+\nThe server has stopped: `),
  );
  assert.match(stdout, /\nladder: rating 1300, waiting [\d.]+ s, window 10 points\n/);
  assert.match(stdout, /candidates +3, 0 of them matchable\n {2}kept away +3 rating_window\n/);
  assert.match(
    stdout,
    /nearest +100 points away, reached in [\d.]+ s\n.*\n {2}now +a wave would not match it\n$/,
  );
});

test("[RC14] a ticket that does not wait is told, with what became of it", () => {
  const [[matched] = []] = lineOf(matchforge("verify", match, folder.path, "--json").stdout)
    .teams as string[][];
  const played = matchforge("explain", matched ?? "", folder.path);
  assert.equal(played.status, 2);
  assert.match(
    played.stderr,
    new RegExp(`does not wait .* It was matched: ${match}\\. See: matchforge verify`),
  );
  const unknown = matchforge("explain", "ticket_unknown", folder.path);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /It was never there/);
});

test("[RC14] what a wave would match at the end of a recording is named", async () => {
  using near = new TestFolder();
  const parsed = parseRules(duelText(), "rules.toml");
  assert.ok(parsed.ok);
  const queued = (["one", "two"] as const).flatMap((name, draw): Command[] => [
    { type: "player.connected", player: `player_${name}`, node: "a/1", guest: true },
    {
      type: "ticket.enqueue",
      ticket: `ticket_${name}`,
      player: `player_${name}`,
      members: [`player_${name}`],
      party: null,
      pools: [{ mode: "duel", tier: null }],
      draw,
      secretEpoch: 1,
    },
  ]);
  // A node that dies before its matcher has looked.
  await record(near, [
    { type: "node.up", levels: [1] },
    { type: "node.lead" },
    { type: "rules.configure", rules: parsed.rules },
    { type: "epoch.open", term: 2, number: 1, hash: "0".repeat(64) },
    ...queued,
  ]);
  const run = matchforge("explain", "ticket_one", near.path);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /^ticket_one of player_one, as of position 8\nduel: rating 1200, /);
  assert.match(run.stdout, /candidates +1, 1 of them matchable\n {2}kept away +nobody\n/);
  assert.match(run.stdout, /now +a wave would make ticket_one v ticket_two: 0 points apart, costs 0 s\n$/);
});

/** Writes a log as a node would. */
async function record({ path }: TestFolder, commands: readonly Command[]): Promise<void> {
  const file = await openSqliteFile({ path: join(path, "matchforge.db") });
  const text = JSON.stringify(commands);
  await file.log().append({ node: "a", boot: "1", sequence: 1, count: commands.length, commands: text });
  await file.close();
}
