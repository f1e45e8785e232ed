import assert from "node:assert/strict";
import { test } from "node:test";
import type { MatchId } from "@matchforge/core";
import { MatchPasses } from "../../src/auth/match-passes.ts";
import { GameServerRig } from "./game-server-rig.ts";

const path = (match: string, what: string) => `/api/v1/matches/${match}/${what}`;

const teamsOf = (players: readonly string[], ...scores: readonly number[]) => ({
  teams: players.map((player, place) => ({ players: [player], score: scores[place] })),
});

test("[GA5] of a hundred at the same time one is let in", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match, tickets, players } = await rig.assigned();
  const token = await rig.credential(match);
  const body = { match_ticket: tickets[0] };
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => rig.ask("POST", path(match, "redeem"), { token, body })),
  );
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(
    [statuses.filter((status) => status === 200).length, statuses.filter((status) => status === 409).length],
    [1, 99],
  );
  const letIn = answers.find(({ status }) => status === 200);
  assert.deepEqual(await letIn?.json(), { match_id: match, player_id: players[0], team: 0, role: null });
  await rig.stop();
});

test("[GA5] what is no ticket for this match, server and time lets nobody in", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one", { capacity: 4 });
  const { match, tickets, clients } = await rig.assigned();
  const other = await rig.assigned(["c", "d"]);
  const redeem = async (match_ticket: string, where: MatchId = match) =>
    rig.codeOf("POST", path(where, "redeem"), { token: await rig.credential(where), body: { match_ticket } });
  const state = () => rig.node.state;
  const serial = state().matches.get(match)?.players[0]?.matchTicket?.serial ?? 0;
  const claims = { match, player: "player_a", server: "server_one", attempt: 1, serial } as const;
  const forger = new MatchPasses({ secret: "cd".repeat(32), shard: "main" });
  const elsewhere = new MatchPasses({ secret: "ab".repeat(32), shard: "us" });
  const odd: Record<string, [string, string]> = {
    "another match's": [other.tickets[0] ?? "", "MATCH_TICKET_INVALID"],
    "a stranger's": [
      await rig.passes.ticketFor({ ...claims, player: "player_c" }, rig.expiresAt),
      "PLAYER_NOT_IN_MATCH",
    ],
    "another attempt's": [
      await rig.passes.ticketFor({ ...claims, attempt: 2 }, rig.expiresAt),
      "MATCH_TICKET_INVALID",
    ],
    "an older one": [
      await rig.passes.ticketFor({ ...claims, serial: 1 }, rig.expiresAt),
      "MATCH_TICKET_INVALID",
    ],
    "an expired one": [await rig.passes.ticketFor(claims, Date.now() - 60_000), "MATCH_TICKET_EXPIRED"],
    "a forged one": [await forger.ticketFor(claims, rig.expiresAt), "MATCH_TICKET_INVALID"],
    "one of another shard": [await elsewhere.ticketFor(claims, rig.expiresAt), "MATCH_TICKET_INVALID"],
    "a credential": [await rig.credential(match), "MATCH_TICKET_INVALID"],
    "a session": [await rig.playerToken("player_a"), "MATCH_TICKET_INVALID"],
    "nothing like it": ["x", "MATCH_TICKET_INVALID"],
  };
  for (const [what, [ticket, code]] of Object.entries(odd)) assert.equal(await redeem(ticket), code, what);
  const fresh = await clients[0]?.ask("match.ticket", { match_id: match });
  assert.ok(fresh?.type === "match.assigned");
  assert.equal(await redeem(tickets[0] ?? ""), "MATCH_TICKET_INVALID");
  assert.equal(await redeem(fresh.data.match_ticket ?? ""), 200);
  assert.equal(await redeem(fresh.data.match_ticket ?? ""), "MATCH_TICKET_USED");
  const read = await rig.passes.readTicket(tickets[1] ?? "");
  assert.ok(read.ok);
  await rig.passHeard(65_000);
  const late = await rig.passes.ticketFor(read.claims, rig.expiresAt);
  assert.equal(await redeem(late), "MATCH_TICKET_EXPIRED");
  await rig.stop();
});

test("[GA6] a credential touches its own match, and nothing once another server plays it", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const first = await rig.assigned();
  const second = await rig.assigned(["c", "d"]);
  const token = await rig.credential(first.match);
  const requests = [
    ["GET", "roster", undefined],
    ["POST", "redeem", { match_ticket: second.tickets[0] }],
    ["POST", "standing", teamsOf(second.players, 1, 0)],
    ["POST", "result", teamsOf(second.players, 1, 0)],
    ["POST", "heartbeat", undefined],
  ] as const;
  for (const [method, what, body] of requests)
    assert.equal(await rig.codeOf(method, path(second.match, what), { token, body }), "FORBIDDEN", what);
  assert.equal(await rig.codeOf("GET", path(first.match, "roster"), { token }), 200);
  await rig.register("one", { instance: "2" });
  await rig.http.gateway.state(({ matches }) => matches.get(first.match)?.allocation?.attempt === 2);
  for (const [method, what, body] of requests) {
    const code = await rig.codeOf(method, path(first.match, what), { token, body });
    assert.ok(code === "STALE_EPOCH" || (what === "result" && code === "INVALID_STATE"), `${what}: ${code}`);
  }
  await rig.stop();
});
