import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { settings } from "../../src/config/settings.ts";
import { defaultRulesFile, loadConfig, loadRules, parseRules } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-config-"));
after(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const file = join(folder, "server.toml");
  writeFileSync(file, text);
  return file;
}

function load(options: {
  file?: string;
  environment?: Record<string, string>;
  given?: Record<string, string>;
}) {
  const file = options.file === undefined ? undefined : fileOf(options.file);
  return loadConfig({ file, environment: options.environment ?? {}, given: options.given ?? {} });
}

function portOf(options: Parameters<typeof load>[0]): number | undefined {
  const loaded = load(options);
  return loaded.ok ? loaded.config.port : undefined;
}

function problemsOf(options: Parameters<typeof load>[0]): string {
  const loaded = load(options);
  assert.equal(loaded.ok, false);
  return loaded.ok ? "" : JSON.stringify(loaded.problems);
}

test("[H1] by name, then environment, then file, then default", () => {
  const file = "port = 1003";
  assert.equal(portOf({ file, environment: { PORT: "1002" }, given: { port: "1001" } }), 1001);
  assert.equal(portOf({ file, environment: { PORT: "1002" } }), 1002);
  assert.equal(portOf({ file, environment: { PORT: "" } }), 1003);
  assert.equal(portOf({}), 8080);
});

test("[H2] what cannot be used is told with its place, what is expected and what was found", () => {
  assert.match(problemsOf({ given: { port: "eighty" } }), /--port.*eighty/);
  assert.match(problemsOf({ environment: { PORT: "70000" } }), /PORT.*70000/);
  assert.match(problemsOf({ file: "prot = 9000" }), /server\.toml.*prot/);
  assert.match(problemsOf({ file: "port = " }), /server\.toml/);
  assert.match(problemsOf({ given: { guests: "perhaps" } }), /--guests.*perhaps/);
  const both = problemsOf({ given: { port: "x", guests: "y" } });
  assert.match(both, /--port/);
  assert.match(both, /--guests/);
});

test("[H3] every setting has a variable, a description, and a default it would accept itself", () => {
  const variables = new Set<string>();
  for (const [key, setting] of Object.entries(settings)) {
    assert.ok(setting.description.length > 10, key);
    assert.ok(setting.expected.length > 0, key);
    variables.add(setting.environment);
    if (setting.otherwise !== null)
      assert.deepEqual(setting.read(setting.otherwise as never), setting.otherwise, key);
  }
  assert.equal(variables.size, Object.keys(settings).length);
});

test("[H4] [H5] guests and plain text stay on this machine unless said by name", () => {
  const loaded = load({});
  assert.ok(loaded.ok && loaded.config.guestsAllowed);
  assert.match(problemsOf({ given: { host: "0.0.0.0" } }), /allow_plain_text|TLS/i);
  const open = load({ given: { host: "0.0.0.0" }, environment: { MATCHFORGE_ALLOW_PLAIN_TEXT: "true" } });
  assert.ok(open.ok);
  assert.equal(open.ok && open.config.guestsAllowed, false);
  const asked = load({
    given: { host: "0.0.0.0", guests: "on" },
    environment: { MATCHFORGE_ALLOW_PLAIN_TEXT: "true" },
  });
  assert.equal(asked.ok && asked.config.guestsAllowed, true);
});

test("[H6] the arcade's rules are the specification's", () => {
  const loaded = loadRules(defaultRulesFile);
  assert.ok(loaded.ok);
  const duel = loaded.ok ? loaded.rules.modes.find(({ id }) => id === "code_duel") : undefined;
  assert.deepEqual(
    duel?.stakes.map(({ tier, stake }) => [tier, BigInt(stake) / 10n ** 18n]),
    [
      ["bronze", 50n],
      ["silver", 150n],
      ["gold", 300n],
      ["diamond", 500n],
    ],
  );
  assert.deepEqual(duel?.search.widening, {
    kind: "steps",
    steps: [
      { afterMs: 0, gap: 100 },
      { afterMs: 15_000, gap: 200 },
      { afterMs: 30_000, gap: 300 },
      { afterMs: 60_000, gap: Number.POSITIVE_INFINITY },
    ],
  });
  assert.deepEqual(
    [duel?.burnBps, duel?.readyCheckMs, duel?.countdownMs, duel?.graceMs],
    [1_000, 15_000, 5_000, 30_000],
  );
});

test("[H6] what makes no sense in a rules file is told with its key", () => {
  const mode = (text: string, search = 'widening = [{ after = 0, gap = "any" }]') =>
    `[[modes]]\nid = "a"\n${text}\n[modes.search]\n${search}\n`;
  const cases: readonly (readonly [string, RegExp])[] = [
    [mode("countdwon = 3"), /countdwon/],
    [mode("countdown = -3"), /countdown/],
    [mode("countdown = nan"), /countdown/],
    [mode('game = "chess"'), /game/],
    [mode("format = { teams = [1] }"), /format\.teams/],
    [mode("format = { teams = [1, 0] }"), /format\.teams/],
    [mode("stakes = { low = -5 }"), /stakes/],
    [mode("stakes = { low = 5 }"), /requires/],
    [mode("burn = 1.5"), /burn/],
    [mode('id = "b"'), /rules\.toml/],
    [mode("", "widening = [{ after = 5, gap = 100 }]"), /widening/],
    [mode("", "widening = [{ after = 0, gap = 200 }, { after = 5, gap = 100 }]"), /widening/],
    [mode("", 'widening = [{ after = 0, gap = "any" }]\nmax_wait = 0'), /max_wait|duration/],
    [`${mode("")}${mode("")}`, /a/],
  ];
  for (const [text, expected] of cases) {
    const parsed = parseRules(text, "rules.toml");
    assert.equal(parsed.ok, false, text);
    if (!parsed.ok) assert.match(JSON.stringify(parsed.problems), expected, text);
  }
});
