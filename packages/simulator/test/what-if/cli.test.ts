import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { defineMode, defineRules } from "@matchforge/core";
import { loadTraffic, usualTraffic } from "../../../server/src/cli/what-if/traffic-file.ts";
import type { SimulateRequest } from "../../src/what-if/request.ts";

const main = fileURLToPath(new URL("../../../server/src/cli/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "matchforge-what-if-"));
after(() => rmSync(folder, { recursive: true }));

const rulesFile = written(
  "rules.toml",
  `[[modes]]
id = "quick"
rating = { system = "elo", k = 32, initial = 1200 }
[modes.search]
widening = [{ after = 0, gap = 100 }, { after = 10, gap = "any" }]

[[modes]]
id = "later"
available = false
[modes.search]
widening = [{ after = 0, gap = "any" }]
`,
);
const roles = [
  { role: "tank", count: 1 },
  { role: "healer", count: 1 },
];
const rules = defineRules({
  modes: [defineMode({ id: "quick" }), defineMode({ id: "duo", teams: [2, 2], roles })],
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function matchforge(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", timeout: 60_000 });
}

function simulate(...args: string[]): SpawnSyncReturns<string> {
  return matchforge("simulate", "--rules", rulesFile, "--tickets", "500", ...args);
}

test("[V18] [V1] simulate prints a table, or the same line twice with --json", () => {
  const table = simulate();
  assert.equal(table.status, 0, table.stderr);
  for (const part of [
    /quick/,
    /wait of matched, s/,
    /rating gap/,
    /unmatched/,
    /by skill/,
    /later is left out/,
  ])
    assert.match(table.stdout, part);
  const [first, second] = [simulate("--json", "--seed", "4"), simulate("--json", "--seed", "4")];
  assert.equal(first.status, 0, first.stderr);
  assert.equal(first.stdout.trim().split("\n").length, 1);
  assert.equal(first.stdout, second.stdout);
  assert.notEqual(simulate("--json", "--seed", "5").stdout, first.stdout);
  const { after: run } = JSON.parse(first.stdout) as { after: { tickets: number } };
  assert.equal(run.tickets, 500);
});

test("[V18] simulate writes its page", () => {
  const page = join(folder, "report.html");
  const run = simulate("--html", page, "--json");
  assert.equal(run.status, 0, run.stderr);
  assert.match(
    readFileSync(page, "utf8"),
    /^<!doctype html>[\s\S]*What better matches cost in waiting[\s\S]*<\/html>\n$/,
  );
  const { frontier } = JSON.parse(run.stdout) as { frontier: { points: unknown[] }[] };
  assert.equal(frontier[0]?.points.length, 10);
});

/** What a traffic file is refused with; one line for each thing wrong with it. */
function problemsOf(text: string): string[] {
  const loaded = loadTraffic(written("traffic.toml", text), rules);
  return loaded.ok
    ? []
    : loaded.problems.map(({ where, expected, found }) => `${where}: ${expected}; ${found}`);
}

test("[V17] a traffic file that can be used gives what it says, and the usual for the rest", () => {
  const path = written(
    "good.toml",
    `rating_error = 20
[arrivals]
per_second = 3
[[skill]]
shape = "lognormal"
skew = 0.4
[[regions]]
name = "eu"
latency_ms = { eu = 20, us = 100 }
[returning]
after = [10, 20]
`,
  );
  const loaded = loadTraffic(path, rules);
  assert.ok(loaded.ok);
  // Both packages agree on the shape of what passes between them: this line compiles.
  const traffic: SimulateRequest["traffic"] = loaded.traffic;
  const usual = usualTraffic(rules);
  assert.deepEqual(traffic, {
    ...usual,
    ratingError: 20,
    arrivals: { ...usual.arrivals, perSecond: 3 },
    skills: [{ share: 1, middle: 0, spread: 250, skew: 0.4 }],
    regions: [{ name: "eu", share: 1, latencyMs: { eu: 20, us: 100 }, jitter: 0.2 }],
    returning: { ...usual.returning, afterMs: [10_000, 20_000] },
  });
  const run = simulate("--traffic", path, "--json");
  assert.equal(run.status, 0, run.stderr);
});

test("[V17] the traffic file in the documentation can be used", () => {
  const page = readFileSync(new URL("../../../../docs/what-if.md", import.meta.url), "utf8");
  const [, text = ""] = /^```toml\n(.*?)^```/ms.exec(page) ?? [];
  assert.match(text, /per_second/);
  assert.deepEqual(problemsOf(text), []);
});

const bad: readonly (readonly [string, string, RegExp])[] = [
  ["an unknown key", "[arrivals]\nper_secnd = 5", /traffic\.toml:2: arrivals\.per_secnd: .*per_second/],
  ["an unknown table", "[arivals]\nper_second = 5", /traffic\.toml:1: arivals: .*arrivals/],
  ["a negative rate", "[arrivals]\nper_second = -5", /traffic\.toml:2: arrivals\.per_second: a number from/],
  ["a rate beyond reason", "[arrivals]\nper_second = 1e12", /arrivals\.per_second: a number from/],
  ["a rate that is a word", '[arrivals]\nper_second = "many"', /arrivals\.per_second: a number/],
  ["no rate at any hour", "[arrivals]\ndaily = [0, 0]", /arrivals\.daily: .*one above 0/],
  ["an infinite spread", "[[skill]]\nspread = inf", /traffic\.toml:2: skill\[0\]\.spread: a number/],
  ["a number that is none", "[churn]\nper_minute = nan", /churn\.per_minute: a number/],
  ["a share that is no chance", "[newcomers]\nshare = 5", /newcomers\.share: a number from 0 to 1/],
  [
    "the second of two",
    "[[skill]]\nspread = 5\n[[skill]]\nsprad = 5",
    /traffic\.toml:4: skill\[1\]\.sprad: .*spread/,
  ],
  ["a skew of a normal distribution", "[[skill]]\nskew = 1", /skill\[0\]\.skew: .*lognormal/],
  ["parties without a share", "[parties]\nsizes = []", /parties\.sizes: /],
  [
    "a region that cannot reach itself",
    '[[regions]]\nname = "eu"\nlatency_ms = { us = 5 }',
    /regions\[0\]\.latency_ms: .*eu/,
  ],
  [
    "a mode the rules have not",
    '[[queues]]\nmodes = ["quik"]',
    /traffic\.toml:2: queues\[0\]\.modes: .*quick/,
  ],
  ["times in the wrong order", "[returning]\nafter = [600, 60]", /returning\.after: two times/],
  ["a tier the rules have not", "[tiers]\ngold = 1", /traffic\.toml:2: tiers\.gold: /],
  ["a role that is misspelt", "[roles]\nhealr = 0.5", /traffic\.toml:2: roles\.healr: .*healer/],
  ["no TOML at all", "[arrivals", /traffic\.toml:1/],
];
for (const [what, text, expected] of bad) {
  test(`[V17] ${what} is refused by name`, () => {
    const problems = problemsOf(text);
    assert.ok(
      problems.some((problem) => expected.test(problem)),
      problems.join("\n"),
    );
  });
}

test("[V17] [V18] what cannot be used ends with 2 and a sentence", () => {
  const traffic = written("bad.toml", "[arrivals]\nper_second = -1\n[churn]\nper_minut = 2\n");
  const badRules = written("bad-rules.toml", '[[modes]]\nid = "quick"\ncolour = "red"\n');
  const nothing = written("nothing.toml", '[[queues]]\nmodes = ["later"]\n');
  const noDatabase = written("no-database", "this is no SQLite file\n".repeat(100));
  const cases: readonly (readonly [SpawnSyncReturns<string>, RegExp])[] = [
    [
      simulate("--traffic", traffic),
      /bad\.toml:2: arrivals\.per_second: expected a number from .*, found -1[\s\S]*bad\.toml:4: churn\.per_minut/,
    ],
    [simulate("--traffic", join(folder, "none.toml")), /no such file/],
    [simulate("--traffic", nothing), /can be simulated/],
    [simulate("--tickets", "0"), /--tickets is 0/],
    [simulate("--tickets", "1e99"), /--tickets is 1e99/],
    [simulate("--seed", "-1"), /--seed is -1/],
    [simulate("--html", join(folder, "nowhere", "page.html")), /--html/],
    [simulate("--html", folder), /--html .*folder/],
    [matchforge("simulate"), /--rules/],
    [matchforge("simulate", "--rules", badRules), /bad-rules\.toml:3: modes\.quick\.colour/],
    [matchforge("replay", join(folder, "none"), "--rules", rulesFile), /does not exist/],
    [matchforge("replay", noDatabase, "--rules", rulesFile), /no-database/],
    [matchforge("replay", "--rules", rulesFile), /log/],
  ];
  for (const [{ status, stderr, stdout }, expected] of cases) {
    assert.match(stderr, expected);
    assert.equal(status, 2, stderr);
    assert.equal(stdout, "");
    assert.doesNotMatch(stderr, /should not have happened|\n +at /);
  }
});

test("[V18] [V13] replay reads what a server has written, once it has stopped", {
  timeout: 60_000,
}, async () => {
  const dataDir = join(folder, "data");
  const server = spawn(process.execPath, [main, "serve", "--port", "0", "--data-dir", dataDir, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: server.stdout });
  try {
    const [line] = (await once(lines, "line")) as [string];
    const { url } = JSON.parse(line) as { url: string };
    const bots = matchforge("bots", "--count", "4", "--url", url, "--duration", "3", "--json");
    assert.equal(bots.status, 0, bots.stderr);
    const busy = matchforge("replay", dataDir, "--rules", rulesFile);
    assert.equal(busy.status, 2);
    assert.match(busy.stderr, /in use/);
  } finally {
    server.kill("SIGINT");
    await once(server, "exit");
  }
  const served = fileURLToPath(new URL("../../../server/rules/arcade.toml", import.meta.url));
  const run = matchforge("replay", dataDir, "--rules", served, "--json");
  assert.equal(run.status, 0, run.stderr);
  type Run = { tickets: number; modes: { matches: number }[] };
  const { before, after: replayed } = JSON.parse(run.stdout) as { before: Run; after: Run };
  const matchesIn = ({ modes }: Run) => modes.reduce((sum, { matches }) => sum + matches, 0);
  assert.ok(matchesIn(before) >= 1);
  assert.ok(matchesIn(replayed) >= 1);
  assert.equal(before.tickets, replayed.tickets);
  const table = matchforge("replay", join(dataDir, "matchforge.db"), "--rules", served);
  assert.match(table.stdout, /wait of matched, s, before[\s\S]*wait of matched, s, after/);
});
