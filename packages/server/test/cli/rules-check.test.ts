import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultRulesFile } from "../../src/index.ts";
import { matchforge } from "../e2e/command-line.ts";
import { duelText, TestFolder } from "./rules-files.ts";

interface Checked {
  readonly ok: boolean;
  readonly findings?: readonly { code: string; key: string; line: number; severity: string; fix: string }[];
  readonly problems?: readonly { key: string; line: number; fix: string }[];
}

/** What `rules check` makes of a text, with the exit code it ends with. */
function checked(text: string, ...flags: string[]): Checked & { readonly status: number | null } {
  using folder = new TestFolder();
  const { status, stdout, stderr } = matchforge(
    "rules",
    "check",
    folder.file("r.toml", text),
    "--json",
    ...flags,
  );
  assert.equal(stderr, "");
  return { status, ...(JSON.parse(stdout) as Checked) };
}

test("[U7] a file that cannot be used is told with key, line and fix, and exit code 2", () => {
  const { status, ok, problems } = checked(duelText({ mode: "countdwon = 3" }));
  assert.deepEqual([status, ok], [2, false]);
  assert.deepEqual(
    problems?.map(({ key, line, fix }) => [key, line, fix]),
    [["modes.duel.countdwon", 5, "write countdown, or drop it"]],
  );
});

test("[U7] for people the same is said on standard error, and nothing else is printed", () => {
  using folder = new TestFolder();
  const run = matchforge("rules", "check", folder.file("r.toml", duelText({ search: "max_wait = -1" })));
  assert.deepEqual([run.status, run.stdout], [2, ""]);
  assert.match(run.stderr, /r\.toml:11: modes\.duel\.search\.max_wait: expected seconds from 0/);
  assert.match(run.stderr, /keep its old rules/);
});

test("[U7] a file that is not there, or no TOML, is told, too", () => {
  const missing = matchforge("rules", "check", "no/such/file.toml");
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /no\/such\/file\.toml cannot be read: there is no such file/);
  assert.deepEqual(
    checked("what").problems?.map(({ line }) => line),
    [1],
  );
});

test("[U8] findings come with code, key and line of the file and a fix; only --strict fails for them", () => {
  const text = duelText({ search: "max_wait = 60\nwarn_after = 30" });
  const { status, findings } = checked(text);
  assert.equal(status, 0);
  assert.deepEqual(
    findings?.map(({ code, key, line, severity }) => [code, key, line, severity]),
    [
      ["LAST_STEP_BOUNDED", "modes.duel.search.widening", 7, "warning"],
      ["STEP_AFTER_WAIT", "modes.duel.search.widening[1]", 9, "warning"],
    ],
  );
  assert.equal(checked(text, "--strict").status, 1);
});

test("[U8] notes are told, and fail nothing", () => {
  const { status, findings } = checked(duelText({ mode: "duration = 20" }), "--strict");
  assert.deepEqual(
    findings?.map(({ code, severity }) => [code, severity]),
    [["GRACE_OUTLASTS_MATCH", "note"]],
  );
  assert.equal(status, 0);
});

test("[U8] keys that say what holds without them are found", () => {
  const search = "max_wait = 300\nanti_snipe = { delay = [0, 0] }\ngap_per_second = 5";
  const { findings } = checked(duelText({ mode: "burn = 0.1", search }));
  assert.deepEqual(
    findings?.map(({ code, key, line }) => [code, key, line]),
    [
      ["KEY_WITHOUT_EFFECT", "modes.duel.burn", 5],
      ["KEY_WITHOUT_EFFECT", "modes.duel.search.anti_snipe", 12],
      ["KEY_WITHOUT_EFFECT", "modes.duel.search.gap_per_second", 13],
    ],
  );
});

test("[U8] nothing is found in the arcade's rules", () => {
  const run = matchforge("rules", "check", defaultRulesFile, "--strict");
  assert.equal(run.status, 0, run.stdout);
  assert.match(
    run.stdout,
    /arcade\.toml can be used: 3 modes checked, 2 not offered and passed over; no findings\./,
  );
});

test("[U8] the doctor warns of rules with findings, and says where to look", () => {
  using folder = new TestFolder();
  const rules = folder.file("r.toml", duelText({ search: "max_wait = 60" }));
  const { stdout } = matchforge(
    "doctor",
    "--rules",
    rules,
    "--data-dir",
    folder.path,
    "--port",
    "0",
    "--json",
  );
  const findings = JSON.parse(stdout) as { check: string; verdict: string; advice: string }[];
  const found = findings.find(({ check }) => check === "rules");
  assert.equal(found?.verdict, "warn");
  assert.ok(found?.advice.endsWith(`matchforge rules check ${rules}`));
});
