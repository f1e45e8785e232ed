import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, matchPlayerOf } from "../../src/index.ts";
import { choose, heardServers, lend, playing, register, type Served, served, servedShard } from "./served.ts";
import { expectEvent, find, typesOf } from "./shard.ts";

/** A match with a server, counting down. */
function assigned(): Served {
  const shard = servedShard();
  register(shard, "one");
  const game = served("direct", { shard });
  choose(game);
  return game;
}

function redeem(
  { shard, match }: Served,
  { player, ...change }: Partial<Redeem> & { player: Redeem["player"] },
): Redeem {
  const serial = matchPlayerOf(shard.match(match), player)?.matchTicket?.serial ?? 0;
  return { type: "match.redeem", match, attempt: 1, player, serial, ...change };
}

type Redeem = Extract<Command, { type: "match.redeem" }>;

test("[GS19] a match ticket is redeemed once, however many ask at the same time", () => {
  const game = assigned();
  const { shard, players } = game;
  const outcomes = Array.from({ length: 100 }, () => shard.judge(redeem(game, { player: players[0] })));
  assert.equal(outcomes.filter((events) => find(events, "match.redeemed")).length, 1);
  shard.refuses(redeem(game, { player: players[0] }), "MATCH_TICKET_USED");
});

test("[GS19] another player's, another server's and a late match ticket are refused", () => {
  const game = assigned();
  const { shard, match, players } = game;
  const [ada, bob] = players;
  const other = served("direct", { shard });
  choose(other);
  shard.refuses(redeem(game, { player: other.players[0] }), "PLAYER_NOT_IN_MATCH");
  shard.refuses(redeem(game, { player: ada, attempt: 2 }), "MATCH_TICKET_INVALID");
  shard.refuses(redeem(game, { player: ada, serial: 1 }), "MATCH_TICKET_INVALID");
  const adas = redeem(game, { player: ada });
  const late = playing("wagered");
  late.shard.wait(12_000);
  shard.apply({ type: "match.admit", match, player: bob });
  for (let left = 61; left > 0; left -= 1) {
    shard.apply({ type: "server.alive", servers: heardServers(shard) });
    if (left > 4) shard.wait(1_000);
  }
  assert.equal(shard.stateOf(match), "ACTIVE");
  shard.wait(4_000);
  shard.refuses(adas, "MATCH_TICKET_EXPIRED");
});

test("[GS20] a fresh match ticket makes the one before worthless", () => {
  const game = assigned();
  const { shard, match, players } = game;
  const before = redeem(game, { player: players[0] });
  const [admitted] = shard.apply({ type: "match.admit", match, player: players[0] });
  assert.equal(admitted.type, "match.admitted");
  shard.refuses(before, "MATCH_TICKET_INVALID");
  assert.deepEqual(typesOf(shard.apply(redeem(game, { player: players[0] }))), ["match.redeemed"]);
  assert.deepEqual(typesOf(shard.apply({ type: "match.admit", match, player: players[0] })), [
    "match.admitted",
  ]);
  assert.deepEqual(typesOf(shard.apply(redeem(game, { player: players[0] }))), ["match.redeemed"]);
});

test("[GS20] match tickets to a server that was lost are worth nothing at the next one", () => {
  const shard = servedShard();
  const server = register(shard, "one");
  const game = served("direct", { shard });
  choose(game);
  const before = redeem(game, { player: game.players[0] });
  const epoch = shard.state.servers.get(server)?.epoch ?? 0;
  shard.apply({ type: "server.down", server, epoch });
  shard.refuses(before, "MATCH_TICKET_INVALID");
  shard.refuses({ type: "match.admit", match: game.match, player: game.players[0] }, "INVALID_STATE");
  expectEvent(lend(game), "match.allocated");
  shard.refuses(before, "MATCH_TICKET_INVALID");
  shard.refuses({ ...before, attempt: 2 }, "MATCH_TICKET_INVALID");
});

test("[GS20] nobody is admitted to a match that has no server, is not theirs or was given up", () => {
  const game = assigned();
  const { shard, match, players } = game;
  const friendly = served("friendly", { shard });
  shard.refuses({ type: "match.admit", match: friendly.match, player: friendly.players[0] }, "INVALID_STATE");
  shard.refuses({ type: "match.admit", match, player: friendly.players[0] }, "PLAYER_NOT_IN_MATCH");
  shard.refuses({ type: "match.admit", match: "match_none", player: players[0] }, "MATCH_NOT_FOUND");
});
