import assert from "node:assert/strict";
import { test } from "node:test";
import type { Wishes } from "../../src/index.ts";
import { changedRules } from "./modes.ts";
import { Shard } from "./shard.ts";

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
