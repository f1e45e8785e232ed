import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlayerId, TicketId } from "../../src/index.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, Shard } from "./shard.ts";
import { type Propose, solos, squad, squadOf, tickets } from "./squads.ts";

test("[T31] a match has the teams its mode asks for", () => {
  const { shard, command } = squad();
  const { players } = expectEvent(shard.apply(command), "match.created");
  assert.deepEqual(
    players.map(({ player, team, role }) => [player, team, role]),
    [
      ["player_ada", 0, "tank"],
      ["player_bob", 0, "healer"],
      ["player_cyd", 1, "healer"],
      ["player_dan", 1, "tank"],
    ],
  );
});

test("[T31] teams that are too small, too large or too many are refused", () => {
  for (const sizes of [[1, 2], [2, 1], [3, 1], [4], [1, 1, 2]]) {
    const shard = Shard.started(changedRules({ pairs: { stakes: [], requires: [] } }));
    const waiting = tickets(shard, "pairs", solos).slice();
    const teams = sizes.map((size) => waiting.splice(0, size));
    shard.refuses(shard.proposeCommand(teams, "pairs"), "CONSTRAINTS_NOT_SATISFIED");
  }
});

test("[T31] teams of ranged sizes differ by no more than the mode allows", () => {
  const teams = [
    { min: 1, max: 3 },
    { min: 1, max: 3 },
  ];
  for (const [sizeDifferenceMax, fits] of [
    [1, false],
    [2, true],
  ] as const) {
    const change = { teams, sizeDifferenceMax, stakes: [], requires: [] };
    const shard = Shard.started(changedRules({ pairs: change }));
    const [a, b, c, d] = tickets(shard, "pairs", solos);
    const command = shard.proposeCommand([[a, b, c], [d]], "pairs");
    if (fits) expectEvent(shard.apply(command), "match.created");
    else shard.refuses(command, "CONSTRAINTS_NOT_SATISFIED");
  }
});

test("[T31] sides that queue whole differ by no more than the mode allows, and are one ticket each", () => {
  const shard = Shard.started();
  const names = (count: number, prefix: string) => Array.from({ length: count }, (_, id) => `${prefix}${id}`);
  const [three, four, five] = tickets(shard, "siege", [names(3, "a"), names(4, "b"), names(5, "c")]);
  shard.refuses(shard.proposeCommand([[three], [five]], "siege"), "CONSTRAINTS_NOT_SATISFIED");
  shard.refuses(
    shard.enqueueCommand(shard.connect("zoe"), "siege", { members: ["player_zoe"] }),
    "CONSTRAINTS_NOT_SATISFIED",
  );
  expectEvent(shard.apply(shard.proposeCommand([[four], [five]], "siege")), "match.created");
});

const wrongRoles: Record<string, Propose["roles"]> = {
  "without roles": undefined,
  "with a role twice": [
    ["tank", "tank"],
    ["healer", "tank"],
  ],
  "with a role the mode does not know": [
    ["tank", "scout"],
    ["healer", "tank"],
  ],
  "with too few roles": [["tank"], ["healer", "tank"]],
  "with too many roles": [
    ["tank", "healer", "tank"],
    ["healer", "tank"],
  ],
  "with roles for one team": [["tank", "healer"]],
};

for (const [what, roles] of Object.entries(wrongRoles)) {
  test(`[T32] a proposal ${what} is refused`, () => {
    const { shard, command } = squad();
    const { roles: _, ...bare } = command;
    shard.refuses(roles === undefined ? bare : { ...bare, roles }, "CONSTRAINTS_NOT_SATISFIED");
  });
}

test("[T32] nobody plays a role they did not accept, and nobody has one where there are none", () => {
  const shard = Shard.started();
  const [a, b] = tickets(shard, "squad", [["ada"], ["bob"]], { roles: [["tank"]] });
  const [c, d] = tickets(shard, "squad", [["cyd"], ["dan"]]);
  const roles = [
    ["tank", "healer"],
    ["tank", "healer"],
  ];
  const propose = (teams: readonly (readonly TicketId[])[]) => ({
    ...shard.proposeCommand(teams, "squad"),
    roles,
    map: "mill",
  });
  shard.refuses(
    propose([
      [a, b],
      [c, d],
    ]),
    "CONSTRAINTS_NOT_SATISFIED",
  );
  shard.refuses(
    propose([
      [c, a],
      [b, d],
    ]),
    "CONSTRAINTS_NOT_SATISFIED",
  );
  expectEvent(
    shard.apply(
      propose([
        [a, c],
        [b, d],
      ]),
    ),
    "match.created",
  );
  const [e, f] = tickets(shard, "arena", [["eve"], ["fay"]]);
  const plain = shard.proposeCommand([[e], [f]], "arena");
  shard.refuses({ ...plain, roles: [["tank"], ["tank"]] }, "CONSTRAINTS_NOT_SATISFIED");
});

test("[T34] whoever was blocked is no mate and no opponent, ever", () => {
  for (const place of [1, 2]) {
    const shard = Shard.started();
    const blocked: PlayerId[] = ["player_bob"];
    const [a] = tickets(shard, "squad", [["ada"]], { blocked });
    const [b, c, d] = tickets(shard, "squad", [["bob"], ["cyd"], ["dan"]]);
    shard.wait(200_000);
    const order = place === 1 ? [a, b, c, d] : [a, c, b, d];
    shard.refuses(squadOf(shard, order), "CONSTRAINTS_NOT_SATISFIED");
  }
});

test("[T35] a match knows how likely each team is to win", () => {
  const shard = Shard.started();
  const record = { mode: "squad", deviation: 90, volatility: 0.06, games: 40, wins: 20, meanWpm: 0 };
  const waiting = [1_900, 1_900, 1_500, 1_500].map((rating, id) => {
    const player = shard.connect(`p${id}`);
    return shard.enqueue(player, "squad", { records: [{ ...record, rating }] });
  });
  const { winProbabilities } = expectEvent(shard.apply(squadOf(shard, waiting)), "match.created");
  assert.equal(winProbabilities.length, 2);
  assert.ok(winProbabilities[0] > 0.9);
  assert.ok(Math.abs(winProbabilities[0] + winProbabilities[1] - 1) < 1e-12);
  const [e, f] = tickets(shard, "arena", [["eve"], ["fay"]]);
  const unrated = expectEvent(shard.apply(shard.proposeCommand([[e], [f]], "arena")), "match.created");
  assert.deepEqual(unrated.winProbabilities, [0.5, 0.5]);
});
