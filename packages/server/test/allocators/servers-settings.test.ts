import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openAllocators } from "../../src/allocators/open-allocators.ts";
import { describeProblem } from "../../src/config/problem.ts";
import { type Config, loadConfig } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-servers-settings-"));
after(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, "server.toml");
  writeFileSync(file, text);
  return loadConfig({ file, environment: {}, given: {} });
}

function configOf(text: string): Config {
  const loaded = load(text);
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.problems.map(describeProblem).join("\n"));
  return loaded.config;
}

const whole = `
[servers]
allocators = ["static", "agones", "http"]
http_url = "https://servers.example/v1/servers"
http_timeout_seconds = 5
agones_fleet = "duel"

[[servers.static]]
name = "eu-1"
address = "192.0.2.1:7777"
region = "eu-west"
capacity = 8
labels = { tier = "gold" }

[[servers.static]]
name = "lan"
address = "lan.example:7777"
`;

test("[AL40] without settings servers register themselves", () => {
  assert.deepEqual(configOf("").allocators, { order: ["registry"], http: null, agones: null, listed: [] });
});

test("[AL40] a table of the file says where servers come from, in order", () => {
  const { order, http, agones, listed } = configOf(whole).allocators;
  assert.deepEqual(order, ["static", "agones", "http"]);
  assert.deepEqual(http, { url: "https://servers.example/v1/servers", tokenFile: null, timeoutMs: 5_000 });
  assert.equal(agones?.fleet, "duel");
  assert.equal(agones?.url, "https://kubernetes.default.svc");
  assert.deepEqual(listed, [
    {
      name: "eu-1",
      offer: { address: "192.0.2.1:7777", region: "eu-west", capacity: 8, labels: { tier: "gold" } },
    },
    { name: "lan", offer: { address: "lan.example:7777", region: null, capacity: 1, labels: {} } },
  ]);
});

const fine = 'allocators = ["http"]\nhttp_url = "https://a.example"';
const bad: readonly (readonly [string, RegExp])[] = [
  [
    '[servers]\nallocators = ["http"]',
    /^servers\.http_url: expected .*because servers\.allocators names http/,
  ],
  ['[servers]\nallocators = ["agones"]', /^servers\.agones_fleet: expected .*names agones/],
  ['[servers]\nallocators = ["static"]', /^servers\.static: expected at least one server/],
  ['[servers]\nhttp_url = "https://a.example"', /^servers\.allocators: expected http among them/],
  ["[servers]\nallocators = []", /^server\.toml:2: servers\.allocators: expected .*at least one/],
  ['[servers]\nallocators = ["static", "static"]', /^server\.toml:2: .*at most once/],
  [
    '[servers]\nallocators = ["gamelift"]',
    /^server\.toml:2: servers\.allocators: expected a list of "registry"/,
  ],
  [
    `[servers]\n${fine}\nhttp_ulr = 1`,
    /^server\.toml:4: servers\.http_ulr: .*did you mean servers\.http_url/,
  ],
  [`[servers]\n${fine}\nhttp_timeout_seconds = 11`, /^server\.toml:4: .*from 1 to 10/],
  [
    '[servers]\nallocators = ["http"]\nhttp_url = "http://a.example"',
    /^server\.toml:3: .*expected an https URL/,
  ],
  ['[servers]\nallocators = ["http"]\nhttp_url = "https://u:p@a.example"', /^server\.toml:3: .*without user/],
  ['[[servers.static]]\nname = "a"\naddress = "b"\ncapacity = -1', /servers\.static: expected up to/],
  [
    '[[servers.static]]\nname = "a"\naddress = "b"\n[[servers.static]]\nname = "a"\naddress = "c"',
    /a name of its own/,
  ],
  ['[[servers.static]]\nname = "a"\naddress = "b"\nlabels = { tier = 3 }', /servers\.static: expected up to/],
  ["servers = 5", /^server\.toml:1: servers: expected/],
];
for (const [text, expected] of bad) {
  test(`[AL41] ${JSON.stringify(text)} is refused by name`, () => {
    const loaded = load(text);
    const problems = loaded.ok ? [] : loaded.problems.map(describeProblem);
    assert.ok(
      problems.some((problem) => expected.test(problem)),
      problems.join("\n"),
    );
  });
}

test("[AL42] the allocators of the outside are opened in the order of the settings", async () => {
  const authority = join(folder, "ca.crt");
  writeFileSync(authority, "");
  const config = configOf(
    `${whole.replace("agones_fleet", `agones_ca_file = ${JSON.stringify(authority)}\nagones_fleet`)}`,
  );
  const allocators = openAllocators(config.allocators);
  const names = allocators.map((one) => (typeof one === "string" ? one : `outside: ${one.name}`));
  assert.deepEqual(names, ["static", "outside: agones", "outside: http"]);
  for (const allocator of allocators) if (typeof allocator !== "string") await allocator.close();
  assert.deepEqual(openAllocators(configOf("").allocators), ["registry"]);
});
