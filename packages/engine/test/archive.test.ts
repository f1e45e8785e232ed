import assert from "node:assert/strict";
import { test } from "node:test";
import {
  commitText,
  type Entry,
  type KernelEvent,
  type MatchCreated,
  type MatchId,
  noQuality,
  type RoundJoined,
  type RoundLeft,
  type SiegeJoined,
  sha256Hex,
} from "@matchforge/core";
import type { ArchiveRow, MatchRow } from "@matchforge/stores";
import { Projection } from "../src/archive/projection.ts";
import { type MatchRecord, matchRecordOf } from "../src/index.ts";
import { Cluster, rules, type TestNode } from "./cluster.ts";

/** What a node applied. */
type Applied = readonly [Entry, readonly KernelEvent[]];

/** A wagered duel from queue to play, with everything that was applied. */
async function duel(): Promise<{ cluster: Cluster; node: TestNode; match: MatchId; applied: Applied[] }> {
  const cluster = new Cluster();
  const node = await cluster.start();
  const applied: Applied[] = [];
  node.engine.replica.onApplied((entry, events) => applied.push([entry, events]));
  for (const player of ["player_a", "player_b"] as const) {
    await cluster.connect(node, player);
    await cluster.enqueue(node, player, "duel", "low");
  }
  await cluster.pass(1_000);
  const match = [...node.engine.state.matches.keys()][0];
  for (const player of ["player_a", "player_b"] as const)
    await cluster.submit(node, { type: "match.accept", match, player });
  await cluster.pass(3_000);
  return { cluster, node, match, applied };
}

async function recordOf({ archive }: Cluster, match: MatchId): Promise<MatchRecord> {
  const found = await archive.match(match);
  const record = found && matchRecordOf(found.match);
  assert.ok(record !== undefined);
  return record;
}

test("[RC6] of a match the archive has ticket, epoch, commitment and, once play begins, the text", async () => {
  const { cluster, node, match, applied } = await duel();
  const created = applied.flatMap(([, events]) => events).find(({ type }) => type === "match.created");
  assert.ok(created?.type === "match.created");
  const { text, salt, tickets, ...record } = await recordOf(cluster, match);
  const { quality, winProbabilities, region, map, commitment, secretEpoch, epochHash } = created;
  assert.deepEqual(record, {
    ...quality,
    stake: "100",
    winProbabilities,
    region,
    map,
    commitment,
    secretEpoch,
    epochHash,
  });
  assert.ok(text !== null && salt !== null);
  assert.equal(commitText({ text, salt }), commitment);
  assert.equal(epochHash, node.engine.state.secretEpochs.get(secretEpoch)?.hash);
  const facts = created.players.map(({ player, team, ticket, rating, role }) => ({
    ticket,
    team,
    players: [{ player, rating, role }],
  }));
  assert.deepEqual(tickets, facts);
});

test("[RC6] the rules of a match come with it, also when others are in force", async () => {
  const { cluster, node, match } = await duel();
  const [first, ...others] = rules.modes;
  await cluster.submit(node, {
    type: "rules.configure",
    rules: { ...rules, modes: [{ ...first, durationMs: 1_234 }, ...others] },
  });
  await cluster.pass(1_000);
  const found = await cluster.archive.match(match);
  assert.equal(found?.match.rulesVersion, found?.rules?.version);
  assert.deepEqual(JSON.parse(found?.rules?.rules ?? ""), JSON.parse(JSON.stringify(rules)));
});

/** The last row of a match among some. */
function rowIn(rows: readonly ArchiveRow[]): MatchRow {
  const found = rows.flatMap((one) => (one.table === "match" ? [one.row] : [])).at(-1);
  assert.ok(found !== undefined);
  return found;
}

test("[RC6] a projection that takes over in the middle ends with the same rows", async () => {
  const { cluster, node, match, applied } = await duel();
  for (const player of ["player_a", "player_b"] as const)
    await cluster.submit(node, { type: "match.abandon", match, player });
  await cluster.pass(2_000);
  const whole = new Projection();
  const rows = applied.flatMap(([entry, events]) => whole.rows(entry, events));
  assert.equal(rowIn(rows).state, "SETTLED");
  for (let cut = 1; cut < applied.length; cut += 1) {
    const before = new Projection();
    const first = applied.slice(0, cut).flatMap(([entry, events]) => before.rows(entry, events));
    const after = new Projection();
    const known = first.filter(({ table }) => table === "match");
    if (known.length > 0) after.resume(rowIn(known));
    const rest = applied.slice(cut).flatMap(([entry, events]) => after.rows(entry, events));
    assert.deepEqual([...first, ...rest], rows);
  }
});

/** A match that forms, with nobody in it yet. */
const emptyRound: MatchCreated = {
  type: "match.created",
  match: "match_1",
  mode: "hunt",
  tier: null,
  pool: "hunt",
  contest: null,
  rulesVersion: 1,
  secretEpoch: 1,
  epochHash: sha256Hex("secret"),
  state: "FORMING",
  deadline: 60_000,
  stake: 7n,
  commitment: null,
  region: null,
  map: null,
  quality: noQuality,
  winProbabilities: [],
  tickets: [],
  players: [],
};

const joined = (id: number, team: number) => ({
  player: `player_${id}` as const,
  team,
  ticket: `ticket_${id}` as const,
  rating: 1_500 + id,
  role: null,
  stake: 7n,
});

test("[RC6] a round's tickets, teams and pot are those of whoever is in it", () => {
  const players = [joined(1, 0), joined(2, 1)];
  const created: MatchCreated = { ...emptyRound, tickets: ["ticket_1", "ticket_2"], players };
  const more: RoundJoined = {
    type: "round.joined",
    match: "match_1",
    region: "eu",
    tickets: ["ticket_3"],
    players: [joined(3, 2)],
  };
  const gone: RoundLeft = {
    type: "round.left",
    match: "match_1",
    ticket: "ticket_1",
    players: ["player_1"],
    ended: null,
    awayUntil: Number.POSITIVE_INFINITY,
  };
  const entry: Entry = { position: 1, at: 1, node: "a/1", command: { type: "node.alive" } };
  const projection = new Projection();
  const shown = (event: KernelEvent) => {
    const row = rowIn(projection.rows(entry, [event]));
    const record = matchRecordOf(row);
    return [
      row.pot,
      record?.region,
      record?.tickets.map(({ ticket, team }) => `${ticket} ${team}`).join(", "),
    ];
  };
  assert.deepEqual(shown(created), ["14", null, "ticket_1 0, ticket_2 1"]);
  assert.deepEqual(shown(more), ["21", "eu", "ticket_1 0, ticket_2 1, ticket_3 2"]);
  assert.deepEqual(shown(gone), ["14", "eu", "ticket_2 0, ticket_3 1"]);
});

test("[RC6] a row that is ahead of what is replayed stays as it is", () => {
  const entry: Entry = { position: 1, at: 1, node: "a/1", command: { type: "node.alive" } };
  const come = (id: number, team: number): RoundJoined => ({
    type: "round.joined",
    match: "match_1",
    region: null,
    tickets: [`ticket_${id}`],
    players: [joined(id, team)],
  });
  const go = (id: number): RoundLeft => ({
    type: "round.left",
    match: "match_1",
    ticket: `ticket_${id}`,
    players: [`player_${id}`],
    ended: null,
    awayUntil: Number.POSITIVE_INFINITY,
  });
  const created: MatchCreated = { ...emptyRound, tickets: ["ticket_1"], players: [joined(1, 0)] };
  const sinceSnapshot = [come(2, 1), go(1), come(3, 1), go(2), come(1, 1), come(2, 2)];
  const before = new Projection();
  before.rows(entry, [created]);
  const ahead = rowIn(before.rows(entry, sinceSnapshot).slice(-1));
  assert.equal(ahead.pot, "21");
  const after = new Projection();
  after.resume(ahead);
  const again = after.rows(entry, sinceSnapshot).slice(-1);
  assert.deepEqual(rowIn(again), ahead);
});

test("[RC6] a siege's sides and pot are those of whoever is in it, and of what they put in at last", () => {
  const entry: Entry = { position: 1, at: 1, node: "a/1", command: { type: "node.alive" } };
  const projection = new Projection();
  const match = "match_1";
  const shown = (event: KernelEvent) => {
    const row = rowIn(projection.rows(entry, [event]));
    const facts = matchRecordOf(row)?.tickets ?? [];
    return [row.pot, facts.map(({ team, players }) => `${team} ${players[0]?.player}`).join(", ")];
  };
  const contest = { territory: "alpha", crews: ["crew_1", "crew_2"], isSiege: true } as const;
  const created: MatchCreated = { ...emptyRound, mode: "war", contest };
  const come = (id: number, team: number): SiegeJoined => ({
    type: "siege.joined",
    match,
    player: `player_${id}`,
    team,
    rating: 1_200,
    stake: 5n,
  });
  assert.deepEqual(shown(created), ["0", ""]);
  assert.deepEqual(shown(come(1, 1)), ["5", "1 player_1"]);
  assert.deepEqual(shown(come(2, 0)), ["10", "0 player_2, 1 player_1"]);
  assert.deepEqual(shown(come(3, 0)), ["15", "0 player_2, 0 player_3, 1 player_1"]);
  const left: KernelEvent = { type: "siege.left", match, player: "player_3", stake: 5n, reason: "left" };
  assert.deepEqual(shown(left), ["10", "0 player_2, 1 player_1"]);
  const stakes = [
    { player: "player_2", amount: 4n },
    { player: "player_1", amount: 3n },
  ] as const;
  const preparing: KernelEvent = {
    type: "match.preparing",
    match,
    deadline: 1,
    pending: [],
    effects: [],
    stakes,
  };
  assert.deepEqual(shown(preparing), ["7", "0 player_2, 1 player_1"]);
});

test("[RC6] a row from before this was kept is told from one with it", () => {
  assert.equal(matchRecordOf({ quality: JSON.stringify(noQuality) }), undefined);
});
