import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReportedTeam } from "../../src/index.ts";
import { choose, playing, ranked, register, type Served, served, waitHeard } from "./served.ts";
import { expectEvent, find, typesOf } from "./shard.ts";

const result = ({ match }: Served, teams: readonly ReportedTeam[], attempt = 1) =>
  ({ type: "match.result", match, attempt, teams }) as const;

const claim = ({ match, players }: Served, who: number, teams: readonly ReportedTeam[]) =>
  ({ type: "match.claim", match, player: players[who], teams }) as const;

test("[GS21] a server tells the result in ranks, once", () => {
  const game = playing("wagered");
  const { shard, players } = game;
  const teams = ranked(game, 2, 1);
  const resolved = expectEvent(shard.apply(result(game, teams)), "match.resolved");
  assert.deepEqual(resolved.result.winners, [players[1]]);
  shard.refuses(result(game, teams), "INVALID_STATE");
  shard.apply({ type: "effect.done", key: `settle:${game.match}`, txHash: null });
  shard.refuses(result(game, teams), "MATCH_NOT_FOUND");
  assert.equal(shard.player(players[1]).available, 1_000n - 50n + 90n);
});

test("[GS21] scores are ranks: the highest is the best, equal ones tie", () => {
  const game = playing("direct");
  const { players } = game;
  const teams = [7, 7.5].map((score, team) => ({ players: [players[team]], score }));
  const { winners } = expectEvent(game.shard.apply(result(game, teams)), "match.resolved").result;
  assert.deepEqual(winners, [players[1]]);
  const tie = playing("direct");
  const equal = [0, 0].map((score, team) => ({ players: [tie.players[team]], score }));
  assert.deepEqual(expectEvent(tie.shard.apply(result(tie, equal)), "match.resolved").result.winners, []);
});

test("[GS21] only the match's newest server, and only in play", () => {
  const game = playing("direct");
  game.shard.refuses(result(game, ranked(game, 1, 2), 2), "STALE_EPOCH");
  const counting = served("direct", { shard: game.shard });
  choose(counting);
  game.shard.refuses(result(counting, ranked(counting, 1, 2)), "INVALID_STATE");
  const friendly = served("friendly", { shard: game.shard });
  game.shard.refuses(result(friendly, ranked(friendly, 1, 2)), "INVALID_STATE");
});

test("[GS22] a result that does not fit the match is refused whole", () => {
  const game = playing("direct");
  const { shard, players } = game;
  const [ada, bob] = players;
  const odd: Record<string, readonly ReportedTeam[]> = {
    "a player is missing": [
      { players: [ada], rank: 1 },
      { players: [], rank: 2 },
    ],
    "a player is too many": [
      { players: [ada], rank: 1 },
      { players: [bob, "player_eve"], rank: 2 },
    ],
    "a player is named twice": [
      { players: [ada, ada], rank: 1 },
      { players: [bob], rank: 2 },
    ],
    "players in each other's teams": [
      { players: [bob], rank: 1 },
      { players: [ada], rank: 2 },
    ],
    "a team too few": [{ players: [ada], rank: 1 }],
    "a team too many": [...ranked(game, 1, 2), { players: [], rank: 3 }],
    "a score that is no number": [
      { players: [ada], score: Number.NaN },
      { players: [bob], score: 1 },
    ],
    "an infinite score": [
      { players: [ada], score: 1 / 0 },
      { players: [bob], score: 1 },
    ],
    "a score beyond bounds": [
      { players: [ada], score: 1e16 },
      { players: [bob], score: 1 },
    ],
    "a rank too low": [
      { players: [ada], rank: 0 },
      { players: [bob], rank: 1 },
    ],
    "a rank too high": [
      { players: [ada], rank: 3 },
      { players: [bob], rank: 1 },
    ],
    "a broken rank": [
      { players: [ada], rank: 1.5 },
      { players: [bob], rank: 1 },
    ],
    "rank and score": [
      { players: [ada], rank: 1, score: 1 },
      { players: [bob], rank: 2, score: 0 },
    ],
    "rank or score": [
      { players: [ada], rank: 1 },
      { players: [bob], score: 0 },
    ],
    neither: [{ players: [ada] }, { players: [bob] }],
  };
  for (const teams of Object.values(odd)) shard.refuses(result(game, teams), "INVALID_RESULT");
  for (const teams of Object.values(odd))
    shard.refuses({ type: "match.standing", match: game.match, attempt: 1, teams }, "INVALID_RESULT");
  const friendly = served("friendly", { shard });
  shard.refuses(claim(friendly, 0, [{ players: [ada], rank: 1 }]), "INVALID_RESULT");
});

test("[GS23] what all players say is the result", () => {
  const game = served("friendly");
  const { shard, players } = game;
  assert.deepEqual(typesOf(shard.apply(claim(game, 1, ranked(game, 1, 2)))), ["match.claimed"]);
  const events = shard.apply(claim(game, 0, ranked(game, 1, 2)));
  assert.deepEqual(expectEvent(events, "match.resolved").result.winners, [players[0]]);
});

test("[GS23] at the end of the time it is enough that every team was heard", () => {
  const game = served("mates");
  const { shard, players } = game;
  const teams = ranked(game, 2, 1);
  for (const who of [0, 2]) shard.apply(claim(game, who, teams));
  assert.equal(shard.stateOf(game.match), "ACTIVE");
  const { winners } = expectEvent(shard.wait(61_000), "match.resolved").result;
  assert.deepEqual(winners, players.slice(2));
});

test("[GS23] whoever says the same in other numbers says the same", () => {
  const game = served("friendly");
  const { shard } = game;
  shard.apply(claim(game, 0, ranked(game, 2, 2)));
  assert.deepEqual(shard.apply(claim(game, 0, ranked(game, 1, 1))), []);
  const events = shard.apply(claim(game, 1, ranked(game, 1, 1)));
  assert.deepEqual(expectEvent(events, "match.resolved").result.winners, []);
});

test("[GS23] who has given up need not be heard", () => {
  const game = served("mates");
  const { shard, match, players } = game;
  const teams = ranked(game, 1, 2);
  shard.apply({ type: "match.abandon", match, player: players[3] });
  for (const who of [0, 1]) shard.apply(claim(game, who, teams));
  expectEvent(shard.apply(claim(game, 2, teams)), "match.resolved");
  shard.refuses(claim(game, 3, teams), "MATCH_NOT_FOUND");
});

test("[GS24] two reports that differ make the match void", () => {
  const game = served("friendly");
  const { shard } = game;
  shard.apply(claim(game, 0, ranked(game, 1, 2)));
  const events = shard.apply(claim(game, 1, ranked(game, 2, 1)));
  assert.match(expectEvent(events, "match.voided").reason, /different results/);
});

for (const [how, heard] of [
  ["nobody was heard", []],
  ["one team was not heard", [0, 1]],
] as const) {
  test(`[GS24] a match is void at the end of its time when ${how}`, () => {
    const game = served("mates");
    for (const who of heard) game.shard.apply(claim(game, who, ranked(game, 1, 2)));
    expectEvent(game.shard.wait(61_000), "match.voided");
  });
}

test("[GS25] a player tells the result once", () => {
  const game = served("friendly");
  const { shard } = game;
  shard.apply(claim(game, 0, ranked(game, 1, 2)));
  assert.deepEqual(shard.apply(claim(game, 0, ranked(game, 1, 2))), []);
  shard.refuses(claim(game, 0, ranked(game, 2, 1)), "INVALID_STATE");
});

test("[GS25] where a server tells the result, and in others' matches, players do not", () => {
  const game = playing("direct");
  const { shard } = game;
  shard.refuses(claim(game, 0, ranked(game, 1, 2)), "INVALID_STATE");
  const friendly = served("friendly", { shard });
  shard.refuses(
    { ...claim(friendly, 0, ranked(friendly, 1, 2)), player: game.players[0] },
    "PLAYER_NOT_IN_MATCH",
  );
  register(shard, "two");
  assert.equal(find(waitHeard(shard, 1_000), "match.resolved"), undefined);
});
