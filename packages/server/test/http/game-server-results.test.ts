import assert from "node:assert/strict";
import { test } from "node:test";
import type { MatchId } from "@matchforge/core";
import { GameServerRig } from "./game-server-rig.ts";

const path = (match: string, what: string) => `/api/v1/matches/${match}/${what}`;

const teamsOf = (players: readonly string[], ...scores: readonly number[]) => ({
  teams: players.map((player, place) => ({ players: [player], score: scores[place] })),
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
  const again = await tell(3, 1);
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

test("[GA7] a result is answered alike also where somebody had given up, and on a node that has not seen it", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match, players, clients } = await rig.playing();
  const token = await rig.credential(match);
  await clients[0]?.ask("match.abandon", { match_id: match });
  await rig.http.gateway.state(({ matches }) => !matches.has(match));
  const tell = (...scores: number[]) =>
    rig.codeOf("POST", path(match, "result"), { token, body: teamsOf(players, ...scores) });
  assert.equal(await tell(0, 1), 200, "the forfeit had decided it so");
  assert.equal(await tell(1, 0), "MATCH_NOT_FOUND");
  await rig.stop();
});

test("[GA6] a server that was replaced is told nothing of how the match ended", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match, players, clients } = await rig.assigned();
  await rig.register("one", { instance: "2" });
  await rig.http.gateway.state(({ matches }) => matches.get(match)?.allocation?.attempt === 2);
  await rig.http.gateway.state(({ matches }) => matches.get(match)?.allocation?.server === "server_one");
  await rig.http.gateway.passShardTime(6_000);
  await clients[0]?.next("game.started");
  const body = teamsOf(players, 3, 1);
  const tell = async (attempt: number) =>
    rig.codeOf("POST", path(match, "result"), { token: await rig.credential(match, attempt), body });
  assert.equal(await tell(1), "STALE_EPOCH");
  assert.equal(await tell(2), 200);
  await rig.http.gateway.state(({ matches }) => !matches.has(match));
  assert.equal(await tell(2), 200);
  assert.equal(await tell(1), "MATCH_NOT_FOUND");
  await rig.stop();
});

test("[GA6] a match's credential keeps no registered server alive", async () => {
  const rig = await GameServerRig.start();
  await rig.register("one");
  const { match } = await rig.assigned();
  const token = await rig.credential(match);
  for (let round = 0; round < 4; round += 1) {
    await rig.codeOf("POST", path(match, "heartbeat"), { token });
    await rig.http.gateway.passShardTime(5_000);
  }
  assert.equal(rig.node.state.servers.size, 0);
  await rig.stop();
});
