import assert from "node:assert/strict";
import { test } from "node:test";
import { type KernelEvent, type PoolStanding, restoreState } from "@matchforge/core";
import {
  createMatchForge,
  defaultRating,
  defineMode,
  type EnginePlugins,
  type Matcher,
  type ModeRules,
  type RatingSystem,
} from "../src/index.ts";

const base = { readyCheckMs: null, countdownMs: 0 } as const;
const plain = defineMode({ id: "plain", ...base });

const byName = (left: PoolStanding, right: PoolStanding) => (left.playerIds[0] < right.playerIds[0] ? -1 : 1);

/** The first name plays the last one. */
const outsideIn: Matcher = {
  propose: ({ tickets }) => {
    const left = [...tickets].sort(byName);
    const matches = [];
    for (let first = left.shift(), last = left.pop(); first && last; first = left.shift(), last = left.pop())
      matches.push({ teams: [[first.ticketId], [last.ticketId]] });
    return matches;
  },
};

function forgeWith(plugins: EnginePlugins, mode: Partial<ModeRules>, measureMs?: () => number) {
  const own = defineMode({ id: "own", ...base, ...mode });
  return createMatchForge({ plugins, modes: [own, plain], ...(measureMs !== undefined && { measureMs }) });
}

function queue(forge: ReturnType<typeof forgeWith>, mode: string, count: number): void {
  for (let id = 0; id < count; id += 1)
    assert.equal(forge.join({ player: `player_${mode}${id}`, mode }).ok, true);
}

const violations = (events: readonly KernelEvent[]) =>
  events.flatMap((event) => (event.type === "violation" ? [[event.code, event.detail]] : []));
const made = (events: readonly KernelEvent[]) =>
  events.flatMap((event) => (event.type === "match.created" ? [event] : []));

test("[L18] a mode's own matcher decides who plays whom", () => {
  const forge = forgeWith({ matchers: { outside_in: outsideIn } }, { matcher: "outside_in" });
  queue(forge, "own", 4);
  const pairs = made(forge.tick(1_000)).map(({ players }) => players.map(({ player }) => player));
  assert.deepEqual(pairs, [
    ["player_own0", "player_own3"],
    ["player_own1", "player_own2"],
  ]);
});

test("[L18] whatever a matcher does to the tickets it sees, it changes nothing of the game's", () => {
  const vandal: Matcher = {
    propose: ({ tickets }) => {
      for (const ticket of tickets) Object.assign(ticket, { rating: 1e9, eligibleAt: 1e12, slot: -1 });
      (tickets as PoolStanding[]).length = 0;
      return [];
    },
  };
  const forge = forgeWith({ matchers: { vandal } }, { matcher: "vandal" });
  queue(forge, "own", 2);
  const standings = () =>
    [...restoreState(forge.snapshot()).tickets.values()].map(({ standings: [one] }) => one);
  const before = standings();
  forge.tick(5_000);
  assert.deepEqual(standings(), before);
});

test("[L18] a matcher that goes by time is asked again while somebody waits", () => {
  const patient: Matcher = { propose: (view) => (view.at < 5_000 ? [] : outsideIn.propose(view)) };
  const forge = forgeWith({ matchers: { patient } }, { matcher: "patient" });
  queue(forge, "own", 2);
  assert.equal(made(forge.tick(4_000)).length, 0);
  assert.equal(made(forge.tick(6_000)).length, 1);
});

const failing: Record<string, Matcher> = {
  throws: { propose: () => assert.fail("a mistake") },
  "names a ticket it was not given": { propose: () => [{ teams: [["ticket_x"], ["ticket_y"]] }] },
  "names a ticket twice": {
    propose: ({ tickets }) => [{ teams: [[tickets[0].ticketId], [tickets[0].ticketId]] }],
  },
  "says that a match costs no number": {
    propose: ({ tickets }) => [{ teams: tickets.map(({ ticketId }) => [ticketId]), costSecs: Number.NaN }],
  },
};

for (const [what, matcher] of Object.entries(failing)) {
  test(`[L19] a mode whose matcher ${what} is left alone for a while; the others go on`, () => {
    let asked = 0;
    const counting: Matcher = {
      propose: (view) => {
        asked += 1;
        return matcher.propose(view);
      },
    };
    const forge = forgeWith({ matchers: { failing: counting } }, { matcher: "failing" });
    queue(forge, "own", 2);
    queue(forge, "plain", 2);
    const events = forge.tick(1_000);
    assert.deepEqual(
      made(events).map(({ mode }) => mode),
      ["plain"],
    );
    const [[code, detail]] = violations(events);
    assert.equal(code, "MATCHER_FAILED");
    assert.match(detail, /^the matcher of own failed: /);
    assert.equal(forge.waiting({ mode: "own" }), 2);
    forge.tick(20_000);
    assert.ok(asked >= 3 && asked <= 6, `asked ${asked} times in 20 s`);
  });
}

test("[L19] a mode whose matcher takes too long is left alone for a while; its matches count", () => {
  let now = 0;
  const slow: Matcher = {
    propose: (view) => {
      now += 80;
      return outsideIn.propose(view);
    },
  };
  const forge = forgeWith({ matchers: { slow } }, { matcher: "slow" }, () => now);
  queue(forge, "own", 2);
  const events = forge.tick(1_000);
  assert.equal(made(events).length, 1);
  assert.deepEqual(violations(events), [["MATCHER_OVERRAN", "the matcher of own took 80 ms"]]);
});

test("[L18] a wrong matcher books nobody twice and breaks no rule", () => {
  const greedy: Matcher = {
    propose: ({ tickets }) =>
      tickets.slice(1).map((other) => ({ teams: [[tickets[0].ticketId], [other.ticketId]] })),
  };
  const forge = forgeWith({ matchers: { greedy } }, { matcher: "greedy" });
  queue(forge, "own", 4);
  assert.equal(made(forge.tick(100)).length, 1);
  assert.equal(forge.waiting({ mode: "own" }), 2);
});

for (const [what, matcher] of Object.entries({
  "one team": { propose: ({ tickets }) => (tickets.length < 2 ? [] : [{ teams: [[tickets[0].ticketId]] }]) },
  "three teams": {
    propose: ({ tickets }) =>
      tickets.length < 3 ? [] : [{ teams: tickets.map(({ ticketId }) => [ticketId]) }],
  },
} satisfies Record<string, Matcher>)) {
  test(`[L19] a matcher whose matches of ${what} are refused is left alone too, and does not flood the log`, () => {
    const forge = forgeWith({ matchers: { wrong: matcher } }, { matcher: "wrong" });
    queue(forge, "own", 3);
    const events = [...forge.tick(1_000), ...forge.tick(61_000)];
    const refused = events.filter((event) => event.type === "refused");
    assert.ok(refused.length >= 2 && refused.length <= 10, `${refused.length} refusals in a minute`);
    const codes = new Set(violations(events).map(([code]) => code));
    assert.deepEqual([...codes], ["MATCHER_REFUSED"]);
  });
}

test("[L19] a team assigner that takes too long is left alone too", () => {
  let now = 0;
  const slow = {
    assign: ({ tickets }: { readonly tickets: readonly PoolStanding[] }) => {
      now += 80;
      return tickets.map(({ ticketId }) => [ticketId]);
    },
  };
  const forge = forgeWith({ teamAssigners: { slow } }, { teamAssigner: "slow" }, () => now);
  queue(forge, "own", 2);
  const events = forge.tick(1_000);
  assert.equal(made(events).length, 1);
  assert.deepEqual(violations(events)[0][0], "MATCHER_OVERRAN");
});

test("[L20] what a mode's own teams cost is told anew", () => {
  const byName = {
    assign: ({ tickets }: { readonly tickets: readonly PoolStanding[] }) => {
      const ids = [...tickets]
        .sort((one, other) => one.rating - other.rating)
        .map(({ ticketId }) => ticketId);
      return [ids.slice(0, 2), ids.slice(2)];
    },
  };
  const rating = { system: "elo", k: 32, initial: 1_500, rounding: "none" } as const;
  const forge = forgeWith(
    { teamAssigners: { byName } },
    {
      teams: [2, 2],
      teamAssigner: "byName",
      rating,
      search: { widening: { kind: "linear", gap: 900, perSecond: 10, max: 900 }, avoidRematch: null },
    },
  );
  for (const [place, points] of [1_000, 1_100, 1_700, 1_800].entries()) {
    const record = {
      mode: "own",
      rating: points,
      deviation: 90,
      volatility: 0.06,
      games: 9,
      wins: 3,
      meanWpm: 0,
    };
    forge.connect(`player_own${place}`, [record]);
  }
  queue(forge, "own", 4);
  const [{ quality }] = made(forge.tick(1_000));
  assert.equal(quality.ratingGap, 700);
  assert.equal(quality.costs.find(({ term }) => term === "rating_gap")?.secs, 70);
});

test("[L20] a mode's own way to make teams is taken, and one that loses somebody is a failure", () => {
  const inOrder = {
    assign: ({ tickets }: { readonly tickets: readonly PoolStanding[] }) => {
      const ids = [...tickets].sort(byName).map(({ ticketId }) => ticketId);
      return [ids.slice(0, 2), ids.slice(2)];
    },
  };
  const teams = [2, 2];
  const forge = forgeWith({ teamAssigners: { in_order: inOrder } }, { teams, teamAssigner: "in_order" });
  queue(forge, "own", 4);
  const [{ players }] = made(forge.tick(1_000));
  assert.deepEqual(
    players.map(({ player, team }) => [player, team]),
    [0, 1, 2, 3].map((id) => [`player_own${id}`, Math.floor(id / 2)]),
  );
  const losing = { assign: () => [[], []] };
  const broken = forgeWith({ teamAssigners: { losing } }, { teams, teamAssigner: "losing" });
  queue(broken, "own", 4);
  assert.equal(violations(broken.tick(1_000))[0][0], "MATCHER_FAILED");
});

test("[L21] a mode's own rating system rates it", () => {
  const wins: RatingSystem = {
    initial: () => ({ ...defaultRating, rating: 0 }),
    rate: (teams) =>
      teams.map(({ ratings, rank }) =>
        ratings.map((one) => ({ ...one, rating: one.rating + (rank === 1 ? 1 : 0), games: one.games + 1 })),
      ),
    predict: (teams) => teams.map(() => 1 / teams.length),
  };
  const forge = forgeWith({ ratings: { wins } }, { rating: { system: "custom", name: "wins" } });
  queue(forge, "own", 2);
  const [{ match, players }] = made(forge.tick(1_000));
  forge.finish({ match, ranks: [2, 1] });
  assert.equal(forge.recordOf({ player: players[1].player, mode: "own" })?.rating, 1);
});

test("[L22] a mode that names what was not brought along is not taken", () => {
  for (const mode of [{ matcher: "none" }, { teamAssigner: "none" }]) {
    assert.throws(() => forgeWith({}, mode), /names the (matcher|team assigner) none/);
    assert.throws(() => createMatchForge().registerMode(defineMode({ id: "own", ...mode })), RangeError);
  }
  assert.throws(() => forgeWith({}, { rating: { system: "custom", name: "none" } }), RangeError);
  const snapshot = forgeWith({ matchers: { outside_in: outsideIn } }, { matcher: "outside_in" }).snapshot();
  assert.throws(() => createMatchForge({ snapshot }), /names the matcher outside_in/);
});
