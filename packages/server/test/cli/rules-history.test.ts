import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Rules } from "@matchforge/core";
import { openSqliteFile } from "@matchforge/stores";
import { pino } from "pino";
import { Coordinator, loadConfig, parseRules } from "../../src/index.ts";
import { matchforge } from "../e2e/command-line.ts";
import { duelText, TestFolder } from "./rules-files.ts";

interface Version {
  readonly version: number | null;
  readonly position: number;
  readonly at: number;
  readonly refused: boolean;
  readonly by: string | null;
  readonly modes: readonly string[];
  readonly changes: readonly {
    mode: string;
    changes: readonly { key: string; before: string; after: string }[];
  }[];
}

function rulesOf(text: string): Rules {
  const parsed = parseRules(text, "r.toml");
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.rules;
}

function historyOf(folder: TestFolder): Version[] {
  const { status, stdout, stderr } = matchforge("rules", "history", folder.path, "--json");
  assert.equal(status, 0, stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Version);
}

/** Appends commands to the log of a folder, one batch each. */
async function append(folder: TestFolder, ...commands: object[]): Promise<void> {
  const file = await openSqliteFile({ path: join(folder.path, "matchforge.db") });
  for (const [index, command] of commands.entries())
    await file.log().append({
      node: "node",
      boot: "boot",
      sequence: index + 1,
      count: 1,
      commands: JSON.stringify([command]),
    });
  await file.close();
}

const configure = (rules: unknown) => ({ type: "rules.configure", rules });

test("[U12] a server's rules are listed with position, time, version and what changed", async () => {
  using folder = new TestFolder();
  const config = loadConfig({
    file: undefined,
    environment: {},
    given: { port: "0", data_dir: folder.path },
  });
  assert.ok(config.ok);
  const from = Date.now();
  for (const search of ["max_wait = 300", "max_wait = 120"]) {
    const coordinator = await Coordinator.start({
      config: config.config,
      rules: rulesOf(duelText({ search })),
      logger: pino({ level: "silent" }),
      onFatal: (error) => {
        throw error;
      },
    });
    await coordinator.stop();
  }
  const [first, second, ...more] = historyOf(folder);
  assert.deepEqual(more, []);
  assert.deepEqual([first.version, first.modes, first.changes], [1, ["duel"], []]);
  assert.deepEqual(second.changes[0].changes, [{ key: "search.max_wait", before: "300 s", after: "120 s" }]);
  assert.ok(second.version === 2 && second.position > first.position && first.at >= from);
  const { stdout } = matchforge("rules", "history", folder.path);
  assert.match(stdout, /^version 1, position \d+, 20\S+Z\n {2}modes: duel\nversion 2/);
  assert.match(stdout, / {4}search\.max_wait: 300 s → 120 s/);
});

test("[U12] rules the kernel refused are listed as such, and change nothing", async () => {
  using folder = new TestFolder();
  const rules = rulesOf(duelText());
  const refused = { ...rules, modes: rules.modes.map((mode) => ({ ...mode, maxWaitMs: -1 })) };
  const misshapen = { modes: [{ id: "duel" }] };
  await append(folder, configure(rules), configure(misshapen), configure(refused), configure(rules));
  assert.deepEqual(
    historyOf(folder).map(({ version, position, refused: isRefused }) => [version, position, isRefused]),
    [
      [1, 1, false],
      [null, 2, true],
      [null, 3, true],
      [2, 4, false],
    ],
  );
});

test("[U12] [AD8] what an operator uploaded or rolled back to is listed with who did", async () => {
  using folder = new TestFolder();
  const [own, uploaded] = [rulesOf(duelText()), rulesOf(duelText({ search: "max_wait = 99" }))];
  const act = (request: object) => ({ type: "admin.act", actor: "player_root", reason: "test", request });
  await append(
    folder,
    configure(own),
    act(configure(uploaded)),
    configure(own),
    act(configure({ modes: [{ id: "duel" }] })),
    act({ type: "rules.rollback", version: 1 }),
    act({ type: "rules.adopt" }),
    configure(uploaded),
  );
  assert.deepEqual(
    historyOf(folder).map(({ version, position, by }) => [version, position, by]),
    [
      [1, 1, null],
      [2, 2, "player_root"],
      [null, 4, "player_root"],
      [3, 5, "player_root"],
      [4, 7, null],
    ],
  );
});

test("[U12] what the log was trimmed of, the archive tells", async () => {
  using folder = new TestFolder();
  const [older, newer] = [rulesOf(duelText()), rulesOf(duelText({ search: "max_wait = 99" }))];
  await append(folder, configure(older), { type: "node.alive" }, configure(newer));
  const file = await openSqliteFile({ path: join(folder.path, "matchforge.db") });
  const payload = JSON.stringify({ type: "rules.configured", version: 1, rules: older });
  const event = {
    position: 1,
    index: 0,
    type: "rules.configured",
    matchId: null,
    playerId: null,
    at: 7,
    payload,
  };
  await file.archive().commit({ cursor: 2, events: [event], rows: [] });
  await file.log().writeSnapshot({ position: 2, hash: "h", level: 1 }, ["a"]);
  await file.log().trim({ before: 3 });
  await file.close();
  const history = historyOf(folder);
  assert.deepEqual(
    history.map(({ version, position }) => [version, position]),
    [
      [1, 1],
      [2, 3],
    ],
  );
  assert.equal(history[1].changes[0].changes[0].after, "99 s");
});

test("[U12] a folder without data is told, and nothing is made there", () => {
  using folder = new TestFolder();
  const { status, stderr } = matchforge("rules", "history", folder.path);
  assert.equal(status, 2);
  assert.match(stderr, /does not exist: no server has kept its data there/);
  assert.equal(matchforge("rules", "history", folder.path).status, 2);
});
