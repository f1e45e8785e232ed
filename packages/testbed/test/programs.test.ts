import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { findProgram, newestFirst } from "../src/programs/find-program.ts";
import { installPlan } from "../src/programs/install-plan.ts";
import { installScript } from "../src/programs/install-script.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "matchforge-programs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function putProgram(path: string, script = ""): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}`, { mode: 0o755 });
  return file;
}

test("[TB1] a program is the first of its name in the folders that can be run", () => {
  const second = putProgram("b/postgres");
  mkdirSync(join(folder, "a", "postgres"), { recursive: true });
  const folders = ["a", "b", "c"].map((name) => join(folder, name));
  assert.equal(findProgram("postgres", folders), second);
  assert.equal(findProgram("redis-server", folders), undefined);
});

test("[TB1] versions are ordered as numbers", () => {
  const folders = ["9.6", "15", "16"].map((version) => `/usr/lib/postgresql/${version}/bin`);
  assert.deepEqual(newestFirst(folders), folders.toReversed());
});

test("[TB2] what is missing is installed once for each package, by root with apt", () => {
  const root = { isRoot: true, hasApt: true };
  assert.deepEqual(installPlan({ missing: [], ...root }), { kind: "nothing" });
  assert.deepEqual(installPlan({ missing: ["redis-server", "redis-cli", "initdb"], ...root }), {
    kind: "install",
    packages: ["postgresql", "redis-server"],
  });
});

test("[TB2] where nothing may be installed the message names the command and the way without it", () => {
  const debian = installPlan({ missing: ["postgres", "postgres"], isRoot: false, hasApt: true });
  assert.ok(debian.kind === "ask");
  assert.match(
    debian.message,
    /, and postgres cannot be found. Run: sudo apt-get install -y postgresql .*DATABASE_URL/,
  );
  const other = installPlan({ missing: ["redis-server", "postgres"], isRoot: true, hasApt: false });
  assert.ok(other.kind === "ask");
  assert.match(other.message, /Run: brew install postgresql redis .*DATABASE_URL and REDIS_URL/);
});

/** Runs the script with an apt-get that notes its arguments and whether services may start. */
function runScript(apt: string) {
  const policyFile = join(folder, "policy-rc.d");
  const notes = join(folder, "notes");
  putProgram("bin/apt-get", `echo "$1 $(sh ${policyFile}; echo $?)" >>${notes}\n${apt}`);
  const path = `${join(folder, "bin")}${delimiter}/usr/bin${delimiter}/bin`;
  const script = installScript({ packages: "redis-server", policyFile });
  const { status } = spawnSync("sh", ["-c", script], { env: { PATH: path }, stdio: "ignore" });
  return { status, notes: readFileSync(notes, "utf8").trim().split("\n"), policyFile };
}

test("[TB3] services may not start during an installation, and the policy goes with it", () => {
  const { status, notes, policyFile } = runScript("exit 0");
  assert.deepEqual({ status, notes }, { status: 0, notes: ["install 101"] });
  assert.ok(!existsSync(policyFile));
});

test("[TB3] an unknown package makes it ask for newer lists, and a failure still leaves nothing", () => {
  const known = `[ "$1" = update ] && touch ${join(folder, "updated")}; [ -e ${join(folder, "updated")} ]`;
  const updated = runScript(known);
  assert.deepEqual(updated.notes, ["install 101", "update 101", "install 101"]);
  assert.equal(updated.status, 0);
  const failed = runScript("exit 100");
  assert.equal(failed.status, 100);
  assert.ok(!existsSync(failed.policyFile));
});

test("[TB3] a policy that was there stays", () => {
  const policyFile = putProgram("policy-rc.d", "exit 104");
  assert.deepEqual(runScript("exit 0").notes, ["install 104"]);
  assert.match(readFileSync(policyFile, "utf8"), /104/);
});
