import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import type { Overrides, SettingSources } from "../../src/config/gather-settings.ts";
import { describeProblem } from "../../src/config/problem.ts";
import type { Setting } from "../../src/config/setting.ts";
import { settingKeys, settings } from "../../src/config/settings.ts";
import { type Config, loadConfig } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-settings-"));
after(() => rmSync(folder, { recursive: true }));

interface Given {
  readonly file?: string;
  readonly environment?: SettingSources["environment"];
  readonly given?: Overrides;
}

function load({ file, environment = {}, given = {} }: Given) {
  const path = file === undefined ? undefined : join(folder, "server.toml");
  if (path !== undefined && file !== undefined) writeFileSync(path, file);
  return loadConfig({ file: path, environment, given });
}

function configOf(given: Given): Config {
  const loaded = load(given);
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.problems.map(describeProblem).join("\n"));
  return loaded.config;
}

function problemsOf(given: Given): string[] {
  const loaded = load(given);
  assert.equal(loaded.ok, false);
  return loaded.ok ? [] : loaded.problems.map(describeProblem);
}

test("[H1] of all sources that give a setting the strongest decides, for any port", () => {
  const port = fc.integer({ min: 0, max: 65_535 });
  const maybe = fc.option(port, { nil: undefined });
  fc.assert(
    fc.property(maybe, maybe, maybe, (named, variable, filed) => {
      const { port: chosen } = configOf({
        ...(filed !== undefined && { file: `port = ${filed}` }),
        environment: { PORT: variable?.toString() },
        given: { port: named?.toString() },
      });
      assert.equal(chosen, named ?? variable ?? filed ?? 8080);
    }),
    { numRuns: 50 },
  );
});

test("[H1] an empty variable counts as none", () => {
  assert.equal(configOf({ file: "port = 1003", environment: { PORT: "" } }).port, 1003);
});

test("[H1] what is said in a file, in the environment and by name means the same", () => {
  const file = [
    'allowed_origins = ["https://a.example", "http://b.example:81"]',
    'trusted_proxies = ["10.0.0.0/8", "::1"]',
    "allow_plain_text = true",
    'guests = "off"',
  ].join("\n");
  const said = configOf({ file });
  assert.deepEqual(said.allowedOrigins, ["https://a.example", "http://b.example:81"]);
  assert.deepEqual(said.trustedProxies, ["10.0.0.0/8", "::1"]);
  const environment = {
    MATCHFORGE_ALLOWED_ORIGINS: "https://a.example, http://b.example:81",
    MATCHFORGE_TRUSTED_PROXIES: "10.0.0.0/8,::1",
    MATCHFORGE_ALLOW_PLAIN_TEXT: "true",
    MATCHFORGE_GUESTS: "off",
  };
  assert.deepEqual(configOf({ environment }), said);
  const given = {
    allowed_origins: "https://a.example,http://b.example:81",
    trusted_proxies: "10.0.0.0/8,::1",
    allow_plain_text: "true",
    guests: "off",
  };
  assert.deepEqual(configOf({ given }), said);
});

test("[H1] what was read is one value that nobody can change, with whole paths", () => {
  const config = configOf({ given: { data_dir: "x/../data" } });
  assert.ok(Object.isFrozen(config));
  assert.equal(config.dataDir, resolve("data"));
});

const badFiles: readonly (readonly [string, string])[] = [
  ["# mine\nprot = 9000", "server.toml:2: prot: expected a known name; did you mean port?, found 9000"],
  ["\n\nport = 99999", "server.toml:3: port: expected a whole number from 0 to 65535, found 99999"],
  ["port = -1", "server.toml:1: port: expected a whole number from 0 to 65535, found -1"],
  ["port = 80.5", "server.toml:1: port: expected a whole number from 0 to 65535, found 80.5"],
  ['port = "80"', 'server.toml:1: port: expected a whole number from 0 to 65535, found "80"'],
  ['guests = "maybe"', 'server.toml:1: guests: expected one of auto, on, off, found "maybe"'],
  ["allow_plain_text = 1", "server.toml:1: allow_plain_text: expected true or false, found 1"],
  ['shard = ""', 'server.toml:1: shard: expected 1 to 32 small letters, digits and underscores, found ""'],
  [
    "guest_token_hours = 0",
    "server.toml:1: guest_token_hours: expected a whole number from 1 to 8784, found 0",
  ],
  ["port = 80\nport = 81", "server.toml:2:1: expected TOML, found "],
  ["port 80", "server.toml:1:6: expected TOML, found "],
  ["[server]\nport = 80", "server.toml:1: server: expected only host, port"],
];
for (const [file, expected] of badFiles) {
  test(`[H2] a file that says ${JSON.stringify(file)} is told what is wrong, and where`, () => {
    const [problem, ...others] = problemsOf({ file });
    assert.deepEqual(others, []);
    assert.ok(problem?.startsWith(expected), problem);
  });
}

const badVariables: readonly (readonly [string, string, string])[] = [
  ["PORT", "tcp://10.0.0.1:80", "PORT: expected a whole number from 0 to 65535"],
  ["PORT", "0x50", "PORT: expected a whole number from 0 to 65535"],
  ["PORT", "1e3", "PORT: expected a whole number from 0 to 65535"],
  ["MATCHFORGE_ALLOWED_ORIGINS", "*", "MATCHFORGE_ALLOWED_ORIGINS: expected a list of origins"],
  ["MATCHFORGE_ALLOWED_ORIGINS", "https://a.example/", "MATCHFORGE_ALLOWED_ORIGINS: expected a list"],
  ["MATCHFORGE_ALLOWED_ORIGINS", "null", "MATCHFORGE_ALLOWED_ORIGINS: expected a list of origins"],
  ["MATCHFORGE_TRUSTED_PROXIES", "10.0.0.0/33", "MATCHFORGE_TRUSTED_PROXIES: expected a list of addresses"],
  ["MATCHFORGE_TRUSTED_PROXIES", "proxy.local", "MATCHFORGE_TRUSTED_PROXIES: expected a list of addresses"],
  ["MATCHFORGE_ALLOW_PLAIN_TEXT", "yes", "MATCHFORGE_ALLOW_PLAIN_TEXT: expected true or false"],
  ["MATCHFORGE_GEUSTS", "off", "MATCHFORGE_GEUSTS: expected a known name; did you mean MATCHFORGE_GUESTS?"],
];
for (const [name, value, expected] of badVariables) {
  test(`[H2] the variable ${name}=${value} is told what is wrong`, () => {
    const [problem, ...others] = problemsOf({ environment: { [name]: value } });
    assert.deepEqual(others, []);
    assert.ok(problem?.startsWith(expected), problem);
  });
}

test("[H2] flags are told by their names, and all that is wrong at once", () => {
  const [port, guests, ...others] = problemsOf({ given: { port: "eighty", guests: "perhaps" } });
  assert.deepEqual(others, []);
  assert.match(port ?? "", /^--port: expected a whole number from 0 to 65535, found "eighty"/);
  assert.match(guests ?? "", /^--guests: expected one of auto, on, off, found "perhaps"/);
});

test("[H2] what an orchestrator tells of a service called matchforge is no setting", () => {
  const environment = {
    MATCHFORGE_PORT: "tcp://10.0.0.1:8080",
    MATCHFORGE_SERVICE_HOST: "10.0.0.1",
    MATCHFORGE_SERVICE_PORT: "8080",
    MATCHFORGE_PORT_8080_TCP_ADDR: "10.0.0.1",
  };
  assert.equal(configOf({ environment }).port, 8080);
});

test("[H2] a file that is not there is told", () => {
  const loaded = loadConfig({ file: join(folder, "none.toml"), environment: {}, given: {} });
  assert.ok(!loaded.ok);
  assert.match(loaded.problems.map(describeProblem).join(), /none\.toml: .*no such file/);
});

test("[H3] every setting has a variable of its own, and a default that it would itself accept", () => {
  const all: readonly Setting<unknown>[] = settingKeys.map((key) => settings[key]);
  assert.equal(new Set(all.map(({ environment }) => environment)).size, all.length);
  for (const { otherwise, expected, environment, read } of all) {
    assert.ok(expected.length > 0, environment);
    if (otherwise !== null) assert.deepEqual(read(otherwise), otherwise, environment);
  }
});

test("[H3] every setting can be given in a file and in the environment, and takes nothing of another kind", () => {
  for (const key of settingKeys) {
    const setting: Setting<unknown> = settings[key];
    for (const wrong of [null, Number.NaN, [3], { a: 1 }, new Date(0), 10n])
      assert.equal(setting.read(wrong), undefined, key);
    const isText = typeof setting.otherwise === "string" || setting.otherwise === null;
    if (!isText) assert.equal(setting.read(setting.fromText("neither")), undefined, key);
    assert.match(setting.environment, /^(PORT|MATCHFORGE_[A-Z_]+)$/);
    assert.match(setting.description, /^[a-z][^.]+$/i, key);
    const flag = setting.flag === null ? null : /^--[a-z-]+/.exec(setting.flag)?.[0];
    assert.ok(flag === null || flag === `--${key.replaceAll("_", "-")}`, key);
  }
});

const contradictions: readonly (readonly [string, Overrides, RegExp])[] = [
  ["public keys without an issuer", { jwks: "keys.json" }, /^issuer: .*because jwks is set/],
  [
    "public keys fetched in plain text",
    { jwks: "http://id.example/keys", issuer: "x" },
    /^jwks: expected an https URL, or a file/,
  ],
  [
    "guests beside public keys",
    { jwks: "k.json", issuer: "x", guests: "on" },
    /^guests: expected off or auto/,
  ],
  ["an address that others reach, without TLS", { host: "::" }, /^host: .*trusted_proxies.*allow_plain_text/],
];
for (const [what, given, expected] of contradictions) {
  test(`[H5] [H7] ${what}: refused with what to do`, () => {
    const problems = problemsOf({ given });
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", expected);
  });
}

test("[H4] [H5] what is said by name is done: guests from anywhere, in plain text", () => {
  const open = { host: "0.0.0.0", allow_plain_text: "true" };
  assert.equal(configOf({ given: open }).guestsAllowed, false);
  assert.equal(configOf({ given: { ...open, guests: "on" } }).guestsAllowed, true);
});

test("[H4] guests are not taken by themselves where public keys decide or others can reach", () => {
  const keys = { jwks: "keys.json", issuer: "x" };
  assert.equal(configOf({ given: keys }).guestsAllowed, false);
  assert.equal(configOf({ given: { host: "0.0.0.0", trusted_proxies: "10.0.0.1" } }).guestsAllowed, false);
  assert.equal(configOf({ given: { guests: "off" } }).guestsAllowed, false);
  for (const host of ["localhost", "127.8.9.1", "::1"])
    assert.equal(configOf({ given: { host } }).guestsAllowed, true, host);
  for (const host of ["127.0.0.1.example", "localhost.example"])
    assert.equal(load({ given: { host } }).ok, false, host);
});
