import assert from "node:assert/strict";
import { test } from "node:test";
import type { ModeRules } from "@matchforge/core";
import { describeProblem } from "../../src/config/problem.ts";
import { parseRules } from "../../src/index.ts";

/** A duel with more in its own table, on line 4, and in its search table, on line 7. */
function parsed({ mode = "", search = "" }: { readonly mode?: string; readonly search?: string }) {
  const steps = 'widening = [{ after = 0, gap = "any" }]';
  const text = `[[modes]]\nid = "duel"\ngame = "typing_duel"\n${mode}\n[modes.search]\n${steps}\n${search}\n`;
  return parseRules(text, "rules.toml");
}

function duelOf(given: Parameters<typeof parsed>[0]): ModeRules {
  const loaded = parsed(given);
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.problems.map(describeProblem).join("\n"));
  const [mode] = loaded.rules.modes;
  assert.ok(mode !== undefined);
  return mode;
}

/** The only problem of a duel. */
function problemOf(given: Parameters<typeof parsed>[0]): string {
  const loaded = parsed(given);
  assert.ok(!loaded.ok, JSON.stringify(given));
  const [problem, ...others] = loaded.problems.map(describeProblem);
  assert.deepEqual(others, []);
  return problem ?? "";
}

const elo = { system: "elo", initial: 1200, k: 32, rounding: "truncate" } as const;
const glicko = { system: "glicko2", initial: 1500, deviation: 350, volatility: 0.06 } as const;
const wengLin = { system: "weng_lin", initial: 1500, deviation: 350 } as const;

const ratings: readonly (readonly [string, ModeRules["rating"]])[] = [
  ["", null],
  ["rating = {}", elo],
  ['rating = { system = "elo" }', elo],
  [
    'rating = { system = "elo", initial = 1000, k = 24.5, rounding = "none" }',
    { system: "elo", initial: 1000, k: 24.5, rounding: "none" },
  ],
  ['rating = { system = "glicko2" }', { ...glicko, tau: 0.5, periodsPerMatch: 1 }],
  [
    'rating = { system = "glicko2", initial = 1400, deviation = 200, volatility = 0.05, tau = 1, periods_per_match = 0.2 }',
    { system: "glicko2", initial: 1400, deviation: 200, volatility: 0.05, tau: 1, periodsPerMatch: 0.2 },
  ],
  ['rating = { system = "glicko2", periods_per_match = 0 }', { ...glicko, tau: 0.5, periodsPerMatch: 0 }],
  ['rating = { system = "weng_lin" }', { ...wengLin, beta: 25 / 6, tau: 25 / 300 }],
  [
    'rating = { system = "weng_lin", initial = -100, deviation = 300, beta = 5, tau = 0.5 }',
    { system: "weng_lin", initial: -100, deviation: 300, beta: 5, tau: 0.5 },
  ],
];
for (const [mode, expected] of ratings) {
  test(`[H28] a mode that says "${mode}" is rated by what it says, the rest is the specification's`, () => {
    assert.deepEqual(duelOf({ mode }).rating, expected);
  });
}

test("[H28] a table of its own means what one line means", () => {
  const text =
    '[[modes]]\nid = "duel"\n[modes.search]\nwidening = [{ after = 0, gap = "any" }]\n[modes.rating]\n';
  const loaded = parseRules(`${text}system = "glicko2"\ntau = 0.8\n`, "rules.toml");
  assert.ok(loaded.ok);
  assert.deepEqual(loaded.rules.modes[0]?.rating, { ...glicko, tau: 0.8, periodsPerMatch: 1 });
});

test("[H28] a mode says how long clients load, on which servers it is played, and what becomes of it without", () => {
  const own = [
    'requires = ["loading", "server"]',
    "loading = 12.5",
    'server_labels = { map = "mill", tick = "60" }',
    'server_lost = "standing"',
  ];
  const search = 'widening = [{ after = 0, gap = "any" }]';
  const text = `[[modes]]\nid = "hosted"\n${own.join("\n")}\n[modes.search]\n${search}\n`;
  const loaded = parseRules(text, "rules.toml");
  assert.ok(loaded.ok, JSON.stringify(loaded));
  const { loadingMs, serverLabels, serverLost, requires } = loaded.rules.modes[0] ?? assert.fail();
  assert.deepEqual(
    [loadingMs, serverLabels, serverLost, requires],
    [12_500, { map: "mill", tick: "60" }, "standing", ["loading", "server"]],
  );
  const plain = parseRules(`[[modes]]\nid = "duel"\n[modes.search]\n${search}\n`, "rules.toml");
  assert.ok(plain.ok && !("loadingMs" in (plain.rules.modes[0] ?? {})));
});

const absurd: readonly (readonly [string, string])[] = [
  ["countdown = nan", "countdown: expected seconds from 0"],
  ["stakes = { low = 5 }", "requires: "],
];
for (const [mode, expected] of absurd) {
  test(`[H6] a mode that says "${mode}" is told: ${expected}`, () => {
    const loaded = parsed({ mode });
    assert.ok(!loaded.ok);
    const problems = loaded.problems.map(describeProblem);
    const place = `modes.duel.${expected}`;
    assert.ok(
      problems.some((problem) => problem.includes(place)),
      problems.join("\n"),
    );
  });
}

test("[H6] a game nobody knows, a team of nobody, no time to wait, and a key given twice are told", () => {
  const told = (own: string, search = "") => {
    const steps = 'widening = [{ after = 0, gap = "any" }]';
    const loaded = parseRules(
      `[[modes]]\nid = "a"\n${own}\n[modes.search]\n${steps}\n${search}\n`,
      "rules.toml",
    );
    return loaded.ok ? "" : loaded.problems.map(describeProblem).join("\n");
  };
  assert.equal(told(""), "");
  assert.match(told('game = "chess"'), /^rules\.toml:3: modes\.a\.game: expected one of/);
  assert.match(told("format = { teams = [1, 0] }"), /modes\.a\.format\.teams/);
  assert.match(told("", "max_wait = 0"), /max_wait|duration/);
  assert.match(told('id = "b"'), /^rules\.toml:3:\d+: expected TOML/);
});

const positive = "expected a number > 0";
const badRatings: readonly (readonly [string, string])[] = [
  ['rating = "elo"', 'rating: expected a table, found "elo"'],
  ['rating = { system = "trueskill" }', "rating.system: expected one of elo, glicko2, weng_lin"],
  ['rating = { sistem = "elo" }', "rating.sistem: expected a known name; did you mean system?"],
  ['rating = { rounding = "up" }', 'rating.rounding: expected one of truncate, none, found "up"'],
  ["rating = { k = 0 }", `rating.k: ${positive}`],
  ['rating = { k = "32" }', 'rating.k: expected a number, found "32"'],
  ["rating = { initial = nan }", "rating.initial: expected a number"],
  ["rating = { initial = inf }", "rating.initial: expected a number"],
  ['rating = { system = "elo", tau = 1 }', "rating.tau: expected only system, initial, k, rounding"],
  ['rating = { system = "glicko2", k = 32 }', "rating.k: expected only system, initial, deviation"],
  ['rating = { system = "glicko2", deviation = 0 }', `rating.deviation: ${positive}`],
  ['rating = { system = "glicko2", volatility = 0 }', `rating.volatility: ${positive}`],
  ['rating = { system = "glicko2", tau = -0.5 }', `rating.tau: ${positive}`],
  ['rating = { system = "glicko2", periods_per_match = -1 }', "rating.periods_per_match: expected a number"],
  ['rating = { system = "weng_lin", volatility = 0.06 }', "rating.volatility: expected only system, initial"],
  ['rating = { system = "weng_lin", deviation = -1 }', `rating.deviation: ${positive}`],
  ['rating = { system = "weng_lin", beta = 0 }', `rating.beta: ${positive}`],
  ['rating = { system = "weng_lin", tau = 0 }', `rating.tau: ${positive}`],
];
for (const [mode, expected] of badRatings) {
  test(`[H6] [H28] a mode that says "${mode}" is told: ${expected}`, () => {
    const problem = problemOf({ mode });
    assert.ok(problem.startsWith(`rules.toml:4: modes.duel.${expected}`), problem);
  });
}

const holds: readonly (readonly [string, ModeRules["search"]["hold"]])[] = [
  ["", undefined],
  ["hold = 0", undefined],
  ["hold = 0.0", undefined],
  ["hold = 5", { kind: "fixed", forMs: 5_000, pointsPerSecond: 10 }],
  ["hold = 2.5\ngap_per_second = 4", { kind: "fixed", forMs: 2_500, pointsPerSecond: 4 }],
  ['hold = "arrivals"', { kind: "arrivals", pointsPerSecond: 10 }],
  ['hold = "arrivals"\ngap_per_second = 0.5', { kind: "arrivals", pointsPerSecond: 0.5 }],
];
for (const [search, expected] of holds) {
  test(`[H29] a search that says ${JSON.stringify(search)} holds matches back as it says`, () => {
    const { hold } = duelOf({ search }).search;
    assert.deepEqual(hold, expected);
  });
}

const badHolds: readonly (readonly [string, string])[] = [
  ["hold = -1", 'hold: expected seconds, 0 or more, or "arrivals", found -1'],
  ["hold = nan", 'hold: expected seconds, 0 or more, or "arrivals"'],
  ["hold = true", 'hold: expected seconds, 0 or more, or "arrivals", found true'],
  ['hold = "5"', 'hold: expected seconds, 0 or more, or "arrivals", found "5"'],
  ['hold = { kind = "arrivals" }', 'hold: expected seconds, 0 or more, or "arrivals"'],
  ["hold = inf", "hold: expected a time"],
  ["holt = 5", "holt: expected a known name; did you mean hold?"],
  ['gap_per_second = "10"', 'gap_per_second: expected a number, found "10"'],
];
for (const [search, expected] of badHolds) {
  test(`[H6] [H29] a search that says ${JSON.stringify(search)} is told: ${expected}`, () => {
    const problem = problemOf({ search });
    assert.ok(problem.startsWith(`rules.toml:7: modes.duel.search.${expected}`), problem);
  });
}

for (const hold of ["5", '"arrivals"']) {
  for (const price of ["0", "-3"]) {
    test(`[H6] [H29] a price of ${price} a second for a hold of ${hold} is told where it stands`, () => {
      const problem = problemOf({ search: `hold = ${hold}\ngap_per_second = ${price}` });
      assert.ok(problem.startsWith(`rules.toml:8: modes.duel.search.gap_per_second: ${positive}`), problem);
    });
  }
}
