import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineOf } from "../../src/config/line-of.ts";
import { describeProblem } from "../../src/config/problem.ts";
import { parseRules } from "../../src/index.ts";

function problemsOf(text: string): string[] {
  const parsed = parseRules(text, "rules.toml");
  return parsed.ok ? [] : parsed.problems.map(describeProblem);
}

/** A mode that is as it should be, with one line more in one of its tables. */
function duel({ mode = "", search = "", check = "" }: { mode?: string; search?: string; check?: string }) {
  const widening = search.includes("widening") ? "" : 'widening = [{ after = 0, gap = "any" }]\n';
  return `[[modes]]\nid = "duel"\ngame = "typing_duel"\n${mode}\n[modes.search]\n${widening}${search}\n[modes.ready_check]\n${check}\n`;
}

test("[H6] a mode that is as it should be has no problems", () => {
  assert.deepEqual(problemsOf(duel({})), []);
});

const absurd: readonly (readonly [string, string])[] = [
  [
    duel({ mode: "countdwon = 3" }),
    "rules.toml:4: modes.duel.countdwon: expected a known name; did you mean countdown?",
  ],
  [
    duel({ mode: "countdown = -1" }),
    "rules.toml:4: modes.duel.countdown: expected seconds from 0 to 2592000, found -1",
  ],
  [
    duel({ mode: "duration = 1e12" }),
    "rules.toml:4: modes.duel.duration: expected seconds from 0 to 2592000",
  ],
  [duel({ mode: "duration = inf" }), "rules.toml:4: modes.duel.duration: expected seconds"],
  [duel({ mode: "duration = 0" }), "rules.toml:4: modes.duel.duration: expected a time > 0"],
  [
    duel({ mode: 'grace = "30s"' }),
    'rules.toml:4: modes.duel.grace: expected seconds from 0 to 2592000, found "30s"',
  ],
  [duel({ mode: "format = { teams = [] }" }), "rules.toml:4: modes.duel.format.teams: "],
  [duel({ mode: "format = { teams = [5, 5] }" }), "rules.toml:3: modes.duel.game: expected external"],
  [
    duel({ mode: "format = { team = [1, 1] }" }),
    "rules.toml:4: modes.duel.format.team: expected a known name; did you mean teams?",
  ],
  [
    duel({ mode: 'requires = ["server"]' }),
    "rules.toml:3: modes.duel.game: expected external, because a server",
  ],
  [duel({ mode: "loading = 10" }), "rules.toml:4: modes.duel.loading: expected left out"],
  [duel({ mode: 'server_lost = "standing"' }), "rules.toml:1: modes.duel.requires: expected server"],
  [
    duel({ mode: 'server_lost = "maybe"' }),
    "rules.toml:4: modes.duel.server_lost: expected one of void, standing",
  ],
  [duel({ mode: "server_labels = { map = 1 }" }), "rules.toml:4: modes.duel.server_labels.map: expected"],
  [
    duel({ mode: 'requires = ["luck"]' }),
    "rules.toml:4: modes.duel.requires: expected a list of loading, escrow, server",
  ],
  [
    duel({ mode: "stakes = { low = 0.5 }" }),
    "rules.toml:4: modes.duel.stakes.low: expected whole tokens, 0 or more, found 0.5",
  ],
  [duel({ mode: "stakes = { low = -5 }" }), "rules.toml:4: modes.duel.stakes.low: expected whole tokens"],
  [
    duel({ mode: 'stakes = { "a b" = 5 }\nrequires = ["escrow"]' }),
    "rules.toml:4: modes.duel.stakes: expected a name of at most 32",
  ],
  [duel({ mode: "burn = 1.01" }), "rules.toml:4: modes.duel.burn: "],
  [
    duel({ mode: 'rating = { system = "luck" }' }),
    "rules.toml:4: modes.duel.rating.system: expected one of ",
  ],
  [duel({ mode: "wave_ms = -50" }), "rules.toml:4: modes.duel.wave_ms: "],
  [duel({ search: "max_wait = -1" }), "rules.toml:7: modes.duel.search.max_wait: expected seconds"],
  [
    duel({ search: "anti_snipe = { delay = [2, 1] }" }),
    "rules.toml:7: modes.duel.search.anti_snipe.delay: expected two times",
  ],
  [duel({ search: "widening = []" }), "rules.toml:6: modes.duel.search.widening: "],
  [
    duel({ search: "widening = [{ after = 9, gap = 100 }]" }),
    "rules.toml:6: modes.duel.search.widening[0]: expected a first step that begins at 0",
  ],
  [
    duel({ search: "widening = [{ after = 0, gap = 9 }, { after = 5, gap = 9 }, { after = 5, gap = 10 }]" }),
    "rules.toml:6: modes.duel.search.widening[2]: expected a step that begins later than the one before it, at 5 s",
  ],
  [
    duel({ search: 'widening = [{ after = 0, gap = "any" }, { after = 5, gap = 100 }]' }),
    "rules.toml:6: modes.duel.search.widening[1]: expected a gap no smaller than anyone",
  ],
  [
    duel({ search: 'widening = [{ after = 0, gap = "all" }]' }),
    'rules.toml:6: modes.duel.search.widening[0].gap: expected a number or "any"',
  ],
  [
    duel({ search: "widening = { gap = 500, max = 100 }" }),
    "rules.toml:6: modes.duel.search.widening.max: expected a gap of 500 or more",
  ],
  [
    duel({ search: "widening = { per_second = -1 }" }),
    "rules.toml:6: modes.duel.search.widening.per_second: ",
  ],
  [
    duel({ search: "widening = [{ after = 0, gap = 1e9 }]" }),
    "rules.toml:6: modes.duel.search.widening[0]: ",
  ],
  [
    duel({ search: "widening = [\n  { after = 0, gap = 9 }, # [{\n  { after = 5,\n    gap = 8 },\n]" }),
    "rules.toml:8: modes.duel.search.widening[1]: expected a gap no smaller than 9",
  ],
  [
    duel({
      search: "[[modes.search.widening]]\nafter = 0\ngap = 9\n[[modes.search.widening]]\nafter = 1\ngap = 8",
    }),
    "rules.toml:9: modes.duel.search.widening[1]: expected a gap no smaller than 9",
  ],
  [duel({ mode: "max_tickets = 1e30" }), "rules.toml:4: modes.duel.max_tickets: expected a whole number"],
  [
    duel({ mode: "max_live_matches = -1" }),
    "rules.toml:4: modes.duel.max_live_matches: expected a whole number",
  ],
  [
    duel({ mode: "wave_ms = 1e9" }),
    "rules.toml:4: modes.duel.wave_ms: expected milliseconds from 0 to 60000",
  ],
  [duel({ mode: "rating = { k = 1e9 }" }), "rules.toml:4: modes.duel.rating.k: expected a number > 0"],
  [
    duel({ mode: "rating = { initial = 1e9 }" }),
    "rules.toml:4: modes.duel.rating.initial: expected a number from",
  ],
  [
    duel({ search: "avoid_rematch = { last = 1.5 }" }),
    "rules.toml:7: modes.duel.search.avoid_rematch.last: ",
  ],
  [duel({ check: "timeout = 0" }), "rules.toml:9: modes.duel.ready_check.timeout: expected a time > 0"],
  [
    duel({ check: "timeot = 9" }),
    "rules.toml:9: modes.duel.ready_check.timeot: expected a known name; did you mean timeout?",
  ],
  [`${duel({})}${duel({})}`, "rules.toml:10: modes.duel: expected an id used once"],
  ["[[modes]]\ncountdown = 1", "rules.toml:1: modes[0].id: expected a text, found nothing"],
  ['[[modes]]\nid = "café"', "rules.toml:2: modes.café.id: expected a name of at most 32"],
  ["", "rules.toml: modes: expected at least one [[modes]], found nothing"],
  ["modes = 3", "rules.toml:1: modes: expected a list of tables, found 3"],
  [
    `[ledger]\nfaucet = -1\n${duel({})}`,
    "rules.toml:2: ledger.faucet: expected whole tokens, 0 or more, found -1",
  ],
  [`${duel({})}[[mode]]`, "rules.toml:10: mode: expected a known name; did you mean modes?"],
  [`${duel({})}\nwhat`, "rules.toml:11:1: expected TOML"],
];
for (const [text, expected] of absurd) {
  test(`[H6] told with line, key and what is expected: ${expected}`, () => {
    const problems = problemsOf(text);
    assert.ok(
      problems.some((problem) => problem.startsWith(expected)),
      problems.join("\n"),
    );
  });
}

test("[H6] all problems are told at once", () => {
  const problems = problemsOf(duel({ mode: "countdwon = 3\ngrace = -1", search: "max_wait = true" }));
  assert.equal(problems.length, 3);
});

test("[H6] the same rules give the same JSON, however the file spells them", () => {
  const spelled = [
    duel({ mode: 'stakes = { low = 5, high = 50 }\nrequires = ["escrow"]' }),
    duel({ mode: 'requires = ["escrow"]\nstakes.high = 50\nstakes.low = 5' }),
    `modes = [{ id = "duel", game = "typing_duel", requires = ["escrow"], stakes = { high = 50, low = 5 }, search = { widening = [{ gap = "any", after = 0.0 }] }, ready_check = {} }]`,
  ].map((text) => {
    const parsed = parseRules(text, "rules.toml");
    assert.ok(parsed.ok);
    return JSON.stringify(parsed.rules);
  });
  assert.equal(new Set(spelled).size, 1);
});

test("[H6] whatever the file holds, it is rules or a list of problems", () => {
  const line = fc.oneof(
    fc.constantFrom("[[modes]]", "[modes.search]", "[modes]", 'id = "a"', "id = 3", "format = 7", "[ledger]"),
    fc.constantFrom("widening = 1", "widening = [1]", "teams = [1, 1]", "stakes = []", "rating = []"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const parsed = parseRules(lines.join("\n"), "rules.toml");
      assert.ok(parsed.ok || parsed.problems.length > 0);
    }),
    { numRuns: 500 },
  );
});

test("[H6] what is nested or large beyond measure is a problem like others", () => {
  const deep = parseRules(`[${"a.".repeat(20_000)}a]\nx = 1`, "rules.toml");
  assert.ok(!deep.ok && deep.problems.length > 0);
  const teams = parseRules(
    `[[modes]]\nid = "m"\nformat = { teams = [${"1,".repeat(150_000)}1] }`,
    "rules.toml",
  );
  assert.ok(!teams.ok);
  assert.match(JSON.stringify(teams.problems), /at most \d+ players/);
});

test("[H6] the line of a key is found among tables, lists and quotes", () => {
  const text = `a = 1\n"b c" = 2\n[t]\n  k = 3\n[t.u]\nk.l = 4\n[[modes]]\nx = 1\nid = 'm'\n[modes.s]\ny = 2\n[[modes]]\nx = 5`;
  const found = ["a", "t.k", "t.u.k.l", "modes.m.x", "modes.m.s.y", "modes[1].x", "modes.m.s.none", "none"];
  assert.deepEqual(
    found.map((path) => lineOf(text, path)),
    [1, 4, 6, 8, 11, 13, 10, undefined],
  );
});
