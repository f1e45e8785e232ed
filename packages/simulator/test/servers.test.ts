import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "@matchforge/core";
import { checkBlame } from "../src/audit/check-blame.ts";
import { checkMatchTickets } from "../src/audit/check-match-tickets.ts";
import { checkPlaces, judgeGivenBack } from "../src/audit/check-places.ts";
import { checkReports } from "../src/audit/check-reports.ts";
import { checkServers } from "../src/audit/check-servers.ts";
import { worldRules } from "../src/world/world-rules.ts";
import { told } from "./told-check.ts";

const match = "match_x";
const alive: Command = { type: "node.alive" };
const offer = { address: "203.0.113.1:1", region: null, capacity: 1, labels: {} };
const up = (server: `server_${string}`, change: object = {}) => ({
  type: "server.up",
  server,
  allocator: "registry",
  instance: "1",
  epoch: 1,
  offer,
  isHeard: true,
  ...change,
});
const pair = (id: string, mode: string) => ({
  type: "match.created",
  match: id,
  mode,
  rulesVersion: 1,
  state: "MATCHED",
  tickets: [],
  players: ["ada", "bob"].map((name, team) => ({
    player: `player_${name}`,
    team,
    ticket: `ticket_${name}`,
    stake: 0n,
  })),
});
const asked = (id: string, attempt = 1) => ({
  type: "match.allocating",
  match: id,
  attempt,
  deadline: 45_000,
  effect: { key: `allocate:${id}:${attempt}` },
});
const given = (id: string, server: string, change: object = {}) => ({
  type: "match.allocated",
  match: id,
  attempt: 1,
  key: `allocate:${id}:1`,
  server,
  allocator: "registry",
  isLent: false,
  until: 60_000,
  ...change,
});

/** A shard with the world's rules and a match of a mode, as far as a check is told. */
function withMatch(create: Parameters<typeof told>[0], mode = "hosted") {
  const court = told(create);
  court.tell(alive, [{ type: "rules.configured", version: 1, rules: worldRules() }]);
  court.tell(alive, [pair(match, mode), { type: "match.preparing", match, deadline: 60_000 }]);
  return court;
}

test("[X24] a match that gets a place where there is none, or a worse one, is a violation", () => {
  const { sentences, tell } = withMatch(checkPlaces);
  tell(alive, [pair("match_y", "hosted"), pair("match_z", "hosted")]);
  tell(alive, [up("server_a"), up("server_b"), up("server_c")]);
  tell(alive, [asked(match), given(match, "server_b")]);
  tell(alive, [{ type: "server.changed", server: "server_c", offer, draining: true }]);
  tell(alive, [asked("match_y"), given("match_y", "server_b")]);
  tell(alive, [asked("match_z"), given("match_z", "server_c"), asked("match_z", 2)]);
  assert.deepEqual(
    sentences.filter((sentence) => !sentence.includes(" is on ")),
    [
      `10: ${match} gets server_b although server_a is better`,
      "10: server_b plays 1 matches and takes match_y",
      "10: match_y gets server_b although server_a is better",
      "10: server_c takes match_z although it drains",
      "10: match_z gets server_c although server_a is better",
      "10: match_z asks for a second server",
    ],
  );
});

test("[X24] a server is asked for when all have loaded, and who has is counted once", () => {
  const { sentences, tell } = withMatch(checkPlaces, "arena");
  const loaded = { type: "match.loaded", match, player: "player_ada", loaded: 1, total: 2 };
  tell(alive, [loaded]);
  assert.deepEqual(sentences, []);
  tell(alive, [loaded, asked(match)]);
  assert.deepEqual(sentences, [
    `10: player_ada has loaded ${match} twice`,
    `10: ${match} counts 1 of 2, not 2 of 2`,
    `10: ${match} asks for a server before 1 have loaded`,
  ]);
});

test("[X24] a server that speaks and is given up is a violation, and so is a match that stays on one that is gone", () => {
  const { sentences, tell } = withMatch(checkServers);
  tell(alive, [up("server_a"), asked(match), given(match, "server_a")]);
  tell({ type: "server.alive", servers: [{ server: "server_a", epoch: 7 }] }, [
    { type: "server.heard", servers: ["server_a"] },
  ]);
  tell(alive, [{ type: "server.lost", server: "server_a", reason: "silent" }]);
  assert.deepEqual(sentences, [
    "10: server_a is heard by what an earlier run of it says",
    "10: server_a is lost (silent), but it was heard at 4",
    `10: ${match} stays on server_a, which is gone`,
  ]);
});

test("[X25] a match ticket that lets somebody in twice, or elsewhere, is a violation", () => {
  const { sentences, tell } = withMatch(checkMatchTickets);
  tell(alive, [up("server_a"), asked(match), given(match, "server_a")]);
  const shown = { type: "match.redeem", match, attempt: 1, player: "player_ada", serial: 3 } as const;
  const redeemed = { type: "match.redeemed", match, player: "player_ada", serial: 3 };
  tell(shown, [redeemed]);
  assert.deepEqual(sentences, []);
  tell(shown, [redeemed]);
  tell({ ...shown, attempt: 2, player: "player_bob" }, [{ ...redeemed, player: "player_bob" }]);
  tell({ ...shown, player: "player_cay" }, [{ ...redeemed, player: "player_cay" }]);
  assert.deepEqual(sentences, [
    `11: player_ada's ticket 3 to ${match} is redeemed twice`,
    `11: player_bob's ticket 3 to ${match} is redeemed at a server that does not play it`,
    `11: player_cay's ticket 3 to ${match} was never issued`,
  ]);
});

const resolved = (...winners: string[]) => ({
  type: "match.resolved",
  match,
  result: { endReason: "completed", winners, players: [] },
});
const started = { type: "match.started", match, endsAt: 60_000, text: null };

test("[X26] a result by a server that was replaced, or other than it told, is a violation", () => {
  const { sentences, tell } = withMatch(checkReports);
  tell(alive, [up("server_a"), asked(match), given(match, "server_a"), started]);
  const teams = [
    { players: ["player_ada"], score: 3 },
    { players: ["player_bob"], score: 5 },
  ];
  tell({ type: "match.result", match, attempt: 2, teams }, [resolved("player_ada")]);
  assert.deepEqual(sentences, [
    `reports: ${match} is decided by its server, but its newest is number 1, not 2`,
    `reports: ${match} is won by player_ada, as told by player_bob`,
  ]);
});

test("[X26] a result that players do not agree on is a violation", () => {
  const { sentences, tell } = withMatch(checkReports, "parlour");
  tell(alive, [started]);
  tell(alive, [{ type: "match.claimed", match, player: "player_ada", ranks: [1, 2] }]);
  tell(alive, [
    { type: "match.claimed", match, player: "player_bob", ranks: [2, 1] },
    resolved("player_ada"),
  ]);
  assert.deepEqual(sentences, [`reports: ${match} is decided although its players differ`]);
});

test("[X27] somebody who has loaded and pays for who has not is a violation, and so is blame for a server", () => {
  const { sentences, tell } = withMatch(checkBlame, "arena");
  tell(alive, [pair("match_y", "arena")]);
  tell(alive, [{ type: "match.loaded", match, player: "player_ada", loaded: 1, total: 2 }]);
  const off = { type: "match.cancelled", match, mode: "arena", undelivered: [], fates: [] };
  const offenders = ["player_ada", "player_bob"].map((player) => ({ player, cooldownUntil: 5 }));
  tell(alive, [{ ...off, reason: "loading_timeout", offenders }]);
  const [, late] = offenders;
  tell(alive, [
    { ...off, match: "match_y", reason: "no_server", offenders: [{ ...late, cooldownUntil: 30_006 }] },
  ]);
  assert.deepEqual(sentences, [
    `blame: player_ada pays for ${match} (loading_timeout)`,
    "blame: player_bob pays for match_y (no_server)",
  ]);
});

test("[X28] a server that goes back while it is played on is a violation", () => {
  const { sentences, tell, chronicle } = withMatch(checkPlaces);
  const back = () => judgeGivenBack(`allocate:${match}:1`, chronicle, (sentence) => sentences.push(sentence));
  tell(alive, [asked(match)]);
  back();
  tell(alive, [given(match, "server_lent", { isLent: true, allocator: "outside" })]);
  sentences.length = 0;
  back();
  assert.deepEqual(sentences, [`10: server_lent goes back while ${match} is played on it`]);
  tell(alive, [{ type: "match.voided", match, reason: "closed", refunds: [] }]);
  sentences.length = 0;
  back();
  assert.deepEqual(sentences, []);
});
