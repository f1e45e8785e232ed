import assert from "node:assert/strict";
import { test } from "node:test";
import { defineRules } from "@matchforge/core";
import { reportAsJson } from "../../src/what-if/report/as-json.ts";
import { reportAsText } from "../../src/what-if/report/as-text.ts";
import { reportPage } from "../../src/what-if/report/html/report-page.ts";
import { simulateTraffic, type WhatIfReport } from "../../src/what-if/what-if.ts";
import { duel, duelRules, sampleTraffic } from "./sample-traffic.ts";

const simulated = simulateTraffic({
  rules: duelRules(),
  traffic: sampleTraffic,
  seed: 1,
  tickets: 2_000,
  withFrontier: true,
});
const replayed: WhatIfReport = { ...simulated, kind: "replay", seed: null, before: simulated.after };

/** Every tag is closed in the order it was opened, and everything else is text without loose signs. */
function checkWellFormed(page: string): void {
  const body = page.replace(/^<!doctype html>\n/, "").replace(/<style>[^<]*<\/style>/, "");
  const open: string[] = [];
  const tag =
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)\s*(\/?)>|[^<>&]+|&(?:amp|lt|gt|quot|#39);/gy;
  while (tag.lastIndex < body.length) {
    const at = tag.lastIndex;
    const found = tag.exec(body);
    assert.ok(found, `not well formed at: ${body.slice(at, at + 80)}`);
    const [, closes, name, , isEmpty] = found;
    if (name === undefined || isEmpty === "/") continue;
    if (closes === "/") assert.equal(open.pop(), name, body.slice(Math.max(0, at - 200), at + 20));
    else open.push(name);
  }
  assert.deepEqual(open, []);
}

for (const [name, report] of [
  ["simulate", simulated],
  ["replay", replayed],
] as const) {
  test(`[V16] the page of ${name} is well formed and loads nothing`, () => {
    const page = reportPage(report);
    checkWellFormed(page);
    assert.doesNotMatch(page, /https?:|<script|<link|<img|<iframe|@import|url\(|src=|href=|javascript:/i);
    assert.match(page, /prefers-color-scheme: dark/);
    assert.match(page, /name="viewport"/);
    assert.doesNotMatch(page, /NaN|Infinity|undefined/);
  });

  test(`[V16] the page of ${name} has its charts`, () => {
    const page = reportPage(report);
    const captions = [...page.matchAll(/<figcaption>([^<]*)</g)].map(([, caption]) => caption);
    const both = [
      "What better matches cost in waiting",
      "Wait by tenths of skill",
      "How far apart opponents are",
    ];
    for (const caption of both) assert.ok(captions.includes(caption), caption);
    assert.equal(captions.includes("Wait, before and after"), name === "replay");
    assert.equal(page.match(/<circle class="dot/g)?.length, 10);
    // Letters are drawn as wide as on a phone, so that they are not made smaller there.
    for (const [, width] of page.matchAll(/viewBox="0 0 (\d+)/g)) assert.ok(Number(width) <= 360);
  });
}

test("[V16] nothing in a report breaks out of the page", () => {
  const evil = `</style><script src="http://evil">&'`;
  const { after, frontier } = simulated;
  const renamed = <Named extends { readonly mode: string }>(items: readonly Named[]) =>
    items.map((item) => ({ ...item, mode: evil }));
  const page = reportPage({
    ...simulated,
    after: { ...after, modes: renamed(after.modes) },
    frontier: renamed(frontier),
    skipped: [{ mode: evil, reason: evil }],
  });
  checkWellFormed(page);
  assert.doesNotMatch(page, /<script/);
});

test("[V16] a run without a match or a ticket is a page, too", () => {
  const alone = simulateTraffic({
    rules: duelRules(),
    traffic: sampleTraffic,
    seed: 1,
    tickets: 1,
    withFrontier: true,
  });
  checkWellFormed(reportPage(alone));
  assert.doesNotMatch(reportPage(alone), /NaN|Infinity|undefined/);
  assert.doesNotMatch(reportAsText(alone), /NaN|Infinity|undefined/);
});

test("[V18] the table has every percentile and band, the line every figure", () => {
  const text = reportAsText(replayed);
  const { waitSecs, bands } = simulated.after.modes[0] ?? assert.fail();
  assert.match(text, /p50 +p90 +p95 +p99 +max/);
  for (const label of ["before", "after"]) {
    assert.ok(text.includes(`wait of matched, s, ${label}`));
    assert.ok(text.includes(`favourite wins, %, ${label}`));
    assert.ok(text.includes(`by skill, ${label}`));
  }
  assert.equal(bands.length, 10);
  const line = reportAsJson(simulated);
  assert.ok(!line.includes("\n"));
  const json = JSON.parse(line) as {
    after: { modes: { wait_secs: { p95: number }; unmatched_share: number }[] };
  };
  assert.equal(json.after.modes[0]?.wait_secs.p95, waitSecs.p95);
  assert.equal(typeof json.after.modes[0]?.unmatched_share, "number");
});

test("[V19] the report says what was left out", () => {
  const rules = defineRules({ modes: [duel(), duel({ id: "closed", available: false })] });
  const report = simulateTraffic({
    rules,
    traffic: sampleTraffic,
    seed: 1,
    tickets: 50,
    withFrontier: false,
  });
  assert.match(reportAsText(report), /closed is left out: not on offer/);
  assert.match(reportPage(report), /closed: not on offer/);
});
