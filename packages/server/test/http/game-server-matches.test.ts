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

test("[GA7] the result is taken once, and answered alike also when the match is over", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match, players, clients } = await rig.playing();
  const token = await rig.credential(match);
  const tell = (...scores: number[]) =>
    rig.ask("POST", path(match, "result"), { token, body: teamsOf(players, ...scores) });
  const answers = await Promise.all(Array.from({ length: 20 }, () => tell(3, 1)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  const { data } = await (clients[0] ?? assert.fail()).next("game.result");
  assert.equal(data.winner, players[0]);
  const again = await tell(9, 2);
  assert.deepEqual(
    [again.status, await again.json()],
    [200, { match_id: match, state: null, is_decided: true }],
  );
  assert.equal((await tell(1, 3)).status, 404);
  assert.equal((await tell(1, 1)).status, 404);
  const results = clients.map(({ messages }) => messages.filter(({ type }) => type === "game.result").length);
  assert.deepEqual(results, [1, 1]);
  await rig.stop();
});

test("[GA7] a result of a match that came to none is refused", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match, players, clients } = await rig.assigned();
  const token = await rig.credential(match);
  const body = teamsOf(players, 3, 1);
  assert.equal(await rig.codeOf("POST", path(match, "result"), { token, body }), "INVALID_STATE");
  await clients[0]?.ask("match.abandon", { match_id: match });
  assert.equal(await rig.codeOf("POST", path(match, "result"), { token, body }), "MATCH_NOT_FOUND");
  const none = await rig.credential("match_none");
  assert.equal(
    await rig.codeOf("POST", path("match_none", "result"), { token: none, body }),
    "MATCH_NOT_FOUND",
  );
  await rig.stop();
});

test("[GA8] a result that does not fit is refused whole, and the game goes on", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match, players } = await rig.playing();
  const token = await rig.credential(match);
  const [a = "", b = ""] = players;
  const odd: Record<string, [unknown, string]> = {
    "a player is missing": [
      {
        teams: [
          { players: [a], rank: 1 },
          { players: [], rank: 2 },
        ],
      },
      "INVALID_FIELD",
    ],
    "a team is missing": [{ teams: [{ players: [a], rank: 1 }] }, "INVALID_FIELD"],
    "somebody else plays": [
      {
        teams: [
          { players: [a], rank: 1 },
          { players: ["player_c"], rank: 2 },
        ],
      },
      "INVALID_RESULT",
    ],
    "somebody more": [
      {
        teams: [
          { players: [a, "player_c"], rank: 1 },
          { players: [b], rank: 2 },
        ],
      },
      "INVALID_RESULT",
    ],
    "rank and score": [
      {
        teams: [
          { players: [a], rank: 1 },
          { players: [b], score: 2 },
        ],
      },
      "INVALID_RESULT",
    ],
    neither: [{ teams: [{ players: [a] }, { players: [b] }] }, "INVALID_RESULT"],
    "no number": ['{"teams":[{"players":["a"],"score":NaN},{"players":["b"],"score":1}]}', "MALFORMED_JSON"],
    infinity: [
      `{"teams":[{"players":["${a}"],"score":1e999},{"players":["${b}"],"score":1}]}`,
      "INVALID_FIELD",
    ],
    text: [
      {
        teams: [
          { players: [a], score: "1" },
          { players: [b], score: 2 },
        ],
      },
      "INVALID_FIELD",
    ],
  };
  for (const [what, [body, code]] of Object.entries(odd))
    assert.equal(await rig.codeOf("POST", path(match, "result"), { token, body }), code, what);
  assert.equal(rig.node.state.matches.get(match)?.phase.state, "ACTIVE");
  assert.deepEqual(rig.http.failures, []);
  await rig.stop();
});

test("[GA9] standings come once a second at most", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match, players } = await rig.playing();
  const token = await rig.credential(match);
  const stand = (...scores: number[]) =>
    rig.codeOf("POST", path(match, "standing"), { token, body: teamsOf(players, ...scores) });
  assert.equal(await stand(1, 0), 204);
  assert.equal(await stand(1, 2), "RATE_LIMITED");
  assert.deepEqual(rig.node.state.matches.get(match)?.standing, [1, 2]);
  await rig.stop();
});

test("[GA12] players who agree come to a result, and to none when they do not", async () => {
  const rig = await GameServerRig.start();
  const friends = async (names: readonly string[]) => {
    const clients = [];
    for (const name of names) clients.push(await rig.http.gateway.signIn(`player_${name}`));
    for (const client of clients) await client.ask("queue.enter", { game_type: "friendly" });
    const [started] = await Promise.all(clients.map((client) => client.next("game.started")));
    const match = (started?.data.match_id ?? "") as MatchId;
    const players = rig.node.state.matches.get(match)?.players.map(({ id }) => id) ?? [];
    const tell = async (who: number, ...scores: number[]) =>
      rig.ask("POST", path(match, "result"), {
        token: await rig.playerToken(players[who] ?? "player_none"),
        body: teamsOf(players, ...scores),
      });
    return { clients, match, players, tell };
  };
  const agreed = await friends(["a", "b"]);
  assert.deepEqual(await (await agreed.tell(0, 1, 2)).json(), {
    match_id: agreed.match,
    state: "ACTIVE",
    is_decided: false,
  });
  assert.equal((await agreed.tell(0, 2, 1)).status, 409);
  assert.equal((await agreed.tell(1, 1, 2)).status, 200);
  const { data } = await (agreed.clients[0] ?? assert.fail()).next("game.result");
  assert.equal(data.winner, agreed.players[1]);
  assert.equal((await agreed.tell(0, 1, 2)).status, 200, "the answer was lost");
  const stranger = await rig.playerToken("player_s");
  const body = teamsOf(agreed.players, 1, 2);
  assert.equal(
    await rig.codeOf("POST", path(agreed.match, "result"), { token: stranger, body }),
    "MATCH_NOT_FOUND",
  );
  const disputed = await friends(["c", "d"]);
  await disputed.tell(0, 1, 2);
  await disputed.tell(1, 2, 1);
  await rig.http.gateway.state(({ matches }) => !matches.has(disputed.match));
  const [client] = disputed.clients;
  await client?.heard();
  const states = client?.messages.flatMap((told) => (told.type === "game.state" ? [told.data.state] : []));
  assert.equal(states?.at(-1), "VOIDED");
  await rig.stop();
});
