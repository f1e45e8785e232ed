import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, PlayerId, TicketId, Wishes } from "../../src/index.ts";
import { changedRules } from "./modes.ts";
import { expectEvent, Shard } from "./shard.ts";

type Propose = Extract<Command, { type: "matcher.propose" }>;

const reachable = [
  { region: "eu", latencyMs: 30 },
  { region: "us", latencyMs: 120 },
];

/** Tickets of a mode, one for each list of names. */
function tickets(
  shard: Shard,
  mode: string,
  groups: readonly (readonly string[])[],
  wishes: Partial<Wishes> = {},
) {
  return groups.map((names) => {
    const members = names.map((name) => shard.connect(name));
    return shard.enqueue(members[0], mode, { members, wishes, pools: [{ mode, tier: null }] });
  });
}

const solos = [["ada"], ["bob"], ["cyd"], ["dan"]] as const;

function squad(change: Partial<Propose> = {}, shard = Shard.started()) {
  const [a, b, c, d] = tickets(shard, "squad", solos);
  const command: Propose = {
    ...shard.proposeCommand(
      [
        [a, b],
        [c, d],
      ],
      "squad",
    ),
    roles: [
      ["tank", "healer"],
      ["healer", "tank"],
    ],
    map: "mill",
    ...change,
  };
  return { shard, command, tickets: [a, b, c, d] as TicketId[] };
}

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

test("[T33] a match is played where the longest way is the shortest", () => {
  const shard = Shard.started();
  const [a, b] = tickets(shard, "squad", [["ada"], ["bob"]], { latencies: reachable });
  const far = {
    latencies: [
      { region: "us", latencyMs: 20 },
      { region: "eu", latencyMs: 70 },
    ],
  };
  const [c, d] = tickets(shard, "squad", [["cyd"], ["dan"]], far);
  const created = expectEvent(shard.apply(squadOf(shard, [a, b, c, d])), "match.created");
  assert.equal(created.region, "eu");
  assert.equal(shard.match(created.match).region, "eu");
});

function squadOf(shard: Shard, [a, b, c, d]: readonly TicketId[]): Propose {
  const roles = [
    ["tank", "healer"],
    ["tank", "healer"],
  ];
  return {
    ...shard.proposeCommand(
      [
        [a, b],
        [c, d],
      ],
      "squad",
    ),
    roles,
    map: "mill",
  };
}

test("[T33] ceilings widen with the wait, and who cannot reach a common region does not meet", () => {
  const shard = Shard.started();
  const [a, b] = tickets(shard, "squad", [["ada"], ["bob"]], { latencies: reachable });
  const only = { latencies: [{ region: "us", latencyMs: 20 }] };
  const [c, d] = tickets(shard, "squad", [["cyd"], ["dan"]], only);
  shard.refuses(squadOf(shard, [a, b, c, d]), "CONSTRAINTS_NOT_SATISFIED");
  shard.wait(10_000);
  const created = expectEvent(shard.apply(squadOf(shard, [a, b, c, d])), "match.created");
  assert.equal(created.region, "us");
});

test("[T33] regions in common by twos are not enough: all must share one", () => {
  const shard = Shard.started();
  const at = (...names: readonly string[]) => ({
    latencies: names.map((region) => ({ region, latencyMs: 10 })),
  });
  const [a] = tickets(shard, "squad", [["ada"]], at("eu", "us"));
  const [b] = tickets(shard, "squad", [["bob"]], at("eu", "us"));
  const [c] = tickets(shard, "squad", [["cyd"]], at("eu"));
  const [d] = tickets(shard, "squad", [["dan"]], at("us"));
  shard.refuses(squadOf(shard, [a, b, c, d]), "CONSTRAINTS_NOT_SATISFIED");
});

test("[T33] where somebody will not play nobody of the match does, unless they search everywhere", () => {
  const shard = Shard.started();
  const [a, b] = tickets(shard, "squad", [["ada"], ["bob"]], { regions: ["eu"], expandSearch: false });
  const [c, d] = tickets(shard, "squad", [["cyd"], ["dan"]], { regions: ["us"], expandSearch: false });
  shard.refuses(squadOf(shard, [a, b, c, d]), "CONSTRAINTS_NOT_SATISFIED");
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

test("[T36] a match is played on one of its mode's maps", () => {
  for (const map of ["nowhere", null]) {
    const { shard, command } = squad({ map });
    shard.refuses(command, "INVALID_CONFIGURATION");
  }
  const { shard, command } = squad();
  assert.equal(expectEvent(shard.apply(command), "match.created").map, "mill");
});

test("[T11] a ticket's rating is its players' together, by the mode's party rating", () => {
  const strategies = [
    [{ strategy: "average" }, 1_500],
    [{ strategy: "max" }, 1_800],
    [{ strategy: "weighted", gapPenalty: 0.5 }, 1_800],
  ] as const;
  for (const [partyRating, expected] of strategies) {
    const rules = changedRules({
      pairs: {
        partyRating,
        stakes: [],
        requires: [],
        rating: { system: "elo", initial: 1_200, k: 32, rounding: "none" },
      },
    });
    const shard = Shard.started(rules);
    const members = ["ada", "bob"].map((name) => shard.connect(name));
    const record = {
      mode: "pairs",
      rating: 1_800,
      deviation: 90,
      volatility: 0.06,
      games: 9,
      wins: 3,
      meanWpm: 0,
    };
    const ticket = shard.enqueue(members[0], "pairs", {
      members,
      records: [record],
      pools: [{ mode: "pairs", tier: null }],
    });
    const [standing] = shard.ticket(ticket).standings;
    assert.equal(standing.rating, expected);
    assert.deepEqual(standing.memberRatings, [1_800, 1_200]);
  }
});

const hopeless: Record<string, Partial<Wishes>> = {
  "of a role the mode does not have": { roles: [["scout"]] },
  "from where no region is measured": { latencies: [{ region: "ap", latencyMs: 20 }] },
  "for a region the mode does not have": { regions: ["ap"], expandSearch: false },
};

for (const [what, wishes] of Object.entries(hopeless)) {
  test(`[T37] a ticket ${what} is refused: it would wait for nothing`, () => {
    const shard = Shard.started();
    shard.refuses(
      shard.enqueueCommand(shard.connect("ada"), "squad", { wishes }),
      "CONSTRAINTS_NOT_SATISFIED",
    );
  });
}

test("[T37] one role of several is enough, and a region may be given up", () => {
  const shard = Shard.started();
  assert.ok(shard.enqueue(shard.connect("ada"), "squad", { wishes: { roles: [["scout", "tank"]] } }));
  assert.ok(shard.enqueue(shard.connect("bob"), "squad", { wishes: { regions: ["ap"] } }));
});
