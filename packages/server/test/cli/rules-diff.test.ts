import assert from "node:assert/strict";
import { test } from "node:test";
import { matchforge } from "../e2e/command-line.ts";
import { duelText, TestFolder } from "./rules-files.ts";

/** What `rules diff` says of two texts. */
function compared(older: string, newer: string, ...flags: string[]) {
  using folder = new TestFolder();
  const [one, other] = [folder.file("old.toml", older), folder.file("new.toml", newer)];
  return matchforge("rules", "diff", one, other, ...flags);
}

test("[U11] differences are told by the keys of the file, with units", () => {
  const mode = 'stakes = { low = 50 }\nrequires = ["escrow"]\nburn = 0.05';
  const newer = `[ledger]\nfaucet = 100\n${duelText({ mode, search: "max_wait = 120.5" })}`;
  const { status, stdout } = compared(duelText(), newer);
  assert.equal(status, 0);
  const lines = stdout.split("\n").map((line) => line.trim());
  const expected = [
    "duel:",
    "burn: 10 % → 5 %",
    "requires: none → escrow",
    "search.max_wait: 300 s → 120.5 s",
    "stakes.low: none → 50 tokens",
    "ledger.faucet: 0 tokens → 100 tokens",
  ];
  for (const line of expected) assert.ok(lines.includes(line), `${line} in\n${stdout}`);
});

test("[U11] new and gone modes and findings are told; what both have is not", () => {
  const [older, newer] = [
    duelText({ search: "max_wait = 60" }),
    duelText({ search: "max_wait = 300\nwarn_after = 400" }),
  ];
  const { stdout } = compared(older, newer.replaceAll('"duel"', '"other"'), "--json");
  const answer = JSON.parse(stdout) as {
    modes: { mode: string; kind: string }[];
    findings: { new: { code: string }[]; gone: { code: string }[] };
  };
  assert.deepEqual(answer.modes, [
    { mode: "duel", kind: "removed" },
    { mode: "other", kind: "added" },
  ]);
  assert.deepEqual(
    answer.findings.new.map(({ code }) => code),
    ["WARN_AFTER_WAIT"],
  );
  assert.ok(answer.findings.gone.some(({ code }) => code === "STEP_AFTER_WAIT"));
  const same = compared(older, older.replace("max_wait = 60", "max_wait = 60.0 # a minute"));
  assert.equal(same.stdout, "The rules are the same.\n");
});

test("[U11] a file that cannot be used is told, with exit code 2", () => {
  const { status, stderr, stdout } = compared(duelText(), duelText({ mode: "grace = -1" }));
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /new\.toml:5: modes\.duel\.grace/);
});
