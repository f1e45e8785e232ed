import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { type AgonesPlace, AgonesProvider } from "../../src/allocators/agones/agones-provider.ts";
import { OutsideAllocator } from "../../src/allocators/outside-allocator.ts";
import { StandInKubernetes } from "./stand-in-kubernetes.ts";
import { requestOf, testLimits } from "./test-limits.ts";

/** A cluster with one server for each region, and an allocator for it, for as long as a test runs. */
async function opened(regions: readonly string[], changes: Partial<AgonesPlace> = {}) {
  const cluster = await StandInKubernetes.start({ regions });
  const limits = { ...testLimits, tries: 2 };
  const another = () =>
    new OutsideAllocator(new AgonesProvider({ ...cluster.place, ...changes }, limits), limits);
  const allocators = [another()];
  return {
    cluster,
    allocator: allocators[0] as OutsideAllocator,
    /** The allocator of another node. */
    another() {
      allocators.push(another());
      return allocators.at(-1) as OutsideAllocator;
    },
    async [Symbol.asyncDispose]() {
      for (const allocator of allocators) await allocator.close();
      await cluster.stop();
    },
  };
}

test("[AL30] the server finds in its annotations what it is wanted for, and in a label by which key", async () => {
  await using open = await opened(["eu-west"]);
  const outcome = await open.allocator.allocate(requestOf(1));
  assert.deepEqual(outcome, {
    kind: "allocated",
    server: { name: "duel-0", address: "192.0.2.1:7000", region: "eu-west" },
  });
  const { labels, annotations } = open.cluster.gameServers[0]?.metadata ?? {};
  assert.match(labels?.["matchforge/key"] ?? "", /^[0-9a-f]{56}$/);
  assert.deepEqual(annotations, {
    "matchforge/allocation-key": "allocate:match_1:1",
    "matchforge/match": "match_1",
    "matchforge/mode": "code_duel",
    "matchforge/players": '[{"player_id":"player_a","team":0}]',
    "matchforge/credential": "credential of 1",
  });
});

test("[AL31] the best region with a server is taken, and no region that was not named", async () => {
  await using open = await opened(["us-east", "ap-south", "eu-west"]);
  const regions = ["eu-west", "not a region", "us-east"];
  const taken: unknown[] = [];
  for (const number of [1, 2, 3]) {
    const outcome = await open.allocator.allocate(requestOf(number, regions));
    taken.push(outcome.kind === "allocated" ? outcome.server.region : outcome);
  }
  const reason =
    "NO_CAPACITY: no GameServer of the fleet duel with matchforge/region eu-west or not a region or us-east is ready";
  assert.deepEqual(taken, ["eu-west", "us-east", { kind: "none", reason }]);
  const anywhere = await open.allocator.allocate(requestOf(4, []));
  assert.ok(anywhere.kind === "allocated" && anywhere.server.region === "ap-south");
});

test("[AL32] another node gets the same server for the same key", async () => {
  await using open = await opened(["eu-west", "eu-west"]);
  const first = await open.allocator.allocate(requestOf(1));
  assert.equal(first.kind, "allocated");
  assert.deepEqual(await open.another().allocate(requestOf(1)), first);
  assert.equal(open.cluster.heldInAll, 1);
});

test("[AL32] where a look-up comes too early the allocation itself finds the server of the key", async () => {
  await using open = await opened(["eu-west", "eu-west"]);
  const first = await open.allocator.allocate(requestOf(1));
  open.cluster.answers.push({ status: 200, body: { items: [] } });
  assert.deepEqual(await open.another().allocate(requestOf(1)), first);
  assert.equal(open.cluster.heldInAll, 1);
});

test("[AL32] two servers of one key: all nodes name the first, and a release gives back both", async () => {
  await using open = await opened(["eu-west", "eu-west"]);
  await open.allocator.allocate(requestOf(1));
  const [one, other] = open.cluster.gameServers;
  assert.ok(one !== undefined && other !== undefined);
  Object.assign(other.metadata.labels, one.metadata.labels);
  other.status.state = "Allocated";
  for (const allocator of [open.allocator, open.another()]) {
    const outcome = await allocator.allocate(requestOf(1));
    assert.ok(outcome.kind === "allocated" && outcome.server.name === "duel-0");
  }
  assert.deepEqual(await open.another().release(requestOf(1)), { kind: "done" });
  assert.equal(open.cluster.heldInAll, 0);
});

test("[AL33] players are sent to the port of the name, or else to the first", async () => {
  await using named = await opened(["eu-west"]);
  await using first = await opened(["eu-west"], { portName: null });
  await using none = await opened(["eu-west"], { portName: "voice" });
  const outcomes = [named, first, none].map(({ allocator }) => allocator.allocate(requestOf(1)));
  const [game, query, missing] = await Promise.all(outcomes);
  assert.ok(game?.kind === "allocated" && game.server.address === "192.0.2.1:7000");
  assert.ok(query?.kind === "allocated" && query.server.address === "192.0.2.1:6000");
  assert.ok(missing?.kind === "unknown");
  assert.match(String(missing.cause), /without a port called "voice"; see servers\.agones_port_name/);
  assert.deepEqual(await none.allocator.release(requestOf(1)), { kind: "done" });
  assert.equal(none.cluster.heldInAll, 0);
});

test("[AL33] an IPv6 address stands in brackets", async () => {
  await using open = await opened(["eu-west"]);
  Object.assign(open.cluster.gameServers[0]?.status ?? {}, { address: "2001:db8::1" });
  const outcome = await open.allocator.allocate(requestOf(1));
  assert.ok(outcome.kind === "allocated" && outcome.server.address === "[2001:db8::1]:7000");
});

const nothingListed = { status: 200, body: { items: [] } };
const allocation = (state: string) => ({ status: 201, body: { status: { state } } });

test("[AL34] contention is tried again", async () => {
  await using open = await opened(["eu-west"]);
  open.cluster.answers.push(nothingListed, allocation("Contention"));
  assert.equal((await open.allocator.allocate(requestOf(1))).kind, "allocated");
});

test("[AL34] contention to the end is none, because it allocates nothing", async () => {
  await using open = await opened(["eu-west"]);
  for (let tries = 0; tries < 2; tries += 1)
    open.cluster.answers.push(nothingListed, allocation("Contention"));
  const outcome = await open.allocator.allocate(requestOf(1));
  assert.ok(outcome.kind === "none" && outcome.reason.startsWith("PROVIDER_BUSY: "));
});

test("[AL34] that nothing was allocated is believed once the labels say so, too", async () => {
  await using open = await opened(["eu-west", "eu-west"]);
  const first = await open.allocator.allocate(requestOf(1));
  open.cluster.answers.push(nothingListed, allocation("UnAllocated"));
  assert.deepEqual(await open.another().allocate(requestOf(1)), first);
  open.cluster.answers.push(nothingListed, allocation("UnAllocated"), { status: 500 });
  open.cluster.answers.push(nothingListed, allocation("UnAllocated"), { status: 500 });
  assert.equal((await open.allocator.allocate(requestOf(2))).kind, "unknown");
});

const ports = [{ name: "game", port: 7_000 }];
const given = { state: "Allocated", gameServerName: "duel-0", address: "192.0.2.1", ports };
for (const [what, changes] of Object.entries<object>({
  "a name that leads elsewhere": { gameServerName: "../secrets" },
  "no name": { gameServerName: 3 },
  "no address": { address: "" },
  "an address with a line break": { address: "a\nb" },
  "an address that is too long": { address: "a".repeat(256) },
  "no ports": { ports: null },
  "a port that is no number": { ports: [{ name: "game", port: "7000" }] },
})) {
  test(`[AL34] an allocation with ${what} says nothing for certain`, async () => {
    await using open = await opened(["eu-west"]);
    const answer = { status: 201, body: { status: { ...given, ...changes } } };
    for (let tries = 0; tries < 2; tries += 1) open.cluster.answers.push(nothingListed, answer);
    assert.equal((await open.allocator.allocate(requestOf(1))).kind, "unknown");
  });
}

test("[AL34] a list that is none says nothing for certain, and a release is to be asked again", async () => {
  await using open = await opened(["eu-west"]);
  await open.allocator.allocate(requestOf(1));
  const noList = { status: 200, body: { items: "none" } };
  open.cluster.answers.push(noList, noList);
  assert.equal((await open.allocator.release(requestOf(1))).kind, "unknown");
  open.cluster.answers.push({ status: 429 });
  assert.deepEqual(await open.allocator.release(requestOf(1)), { kind: "done" });
  assert.equal(open.cluster.heldInAll, 0);
});

test("[AL34] a state that is not known says nothing for certain", async () => {
  await using open = await opened(["eu-west"]);
  for (let tries = 0; tries < 2; tries += 1) open.cluster.answers.push(nothingListed, allocation("Perhaps"));
  assert.equal((await open.allocator.allocate(requestOf(1))).kind, "unknown");
});

for (const status of [400, 401, 403, 404, 422]) {
  test(`[AL34] an allocation that Kubernetes refuses with ${status} holds nothing`, async () => {
    await using open = await opened(["eu-west"]);
    const body = { kind: "Status", message: "the reason\n of it" };
    open.cluster.answers.push(nothingListed, { status, body });
    const reason = `REFUSED: the Kubernetes API answers ${status}: the reason of it`;
    assert.deepEqual(await open.allocator.allocate(requestOf(1)), { kind: "none", reason });
  });
}

test("[AL35] a token that was replaced is read again", async () => {
  await using open = await opened(["eu-west", "eu-west"]);
  for (const [number, token] of ["first", "second"].entries()) {
    open.cluster.rotateToken(token);
    assert.equal((await open.allocator.allocate(requestOf(number))).kind, "allocated");
  }
});

test("[AL35] a cluster whose certificate nobody vouches for is sent nothing", async () => {
  await using open = await opened(["eu-west"], { caFile: null });
  assert.notEqual((await open.allocator.allocate(requestOf(1))).kind, "allocated");
  assert.equal(open.cluster.heldInAll, 0);
});

test("[AL35] a certificate that cannot be read is told at once, with what to do", async () => {
  await using open = await opened(["eu-west"]);
  const { place } = open.cluster;
  rmSync(place.caFile ?? "");
  assert.throws(() => new AgonesProvider(place), {
    code: "CERTIFICATE_UNREADABLE",
    message: /ca\.crt cannot be read\. Let servers\.agones_ca_file name/,
  });
});

test("[AL36] a release touches nothing without the key's mark, whatever a list holds", async () => {
  await using open = await opened(["eu-west", "eu-west"]);
  await open.allocator.allocate(requestOf(1));
  await open.allocator.allocate(requestOf(2));
  open.cluster.ignoresSelectors = true;
  assert.deepEqual(await open.allocator.release(requestOf(1)), { kind: "done" });
  assert.equal(open.cluster.held(requestOf(1).key), 0);
  assert.equal(open.cluster.held(requestOf(2).key), 1);
});

test("[AL36] a server on its way out is given back, and is nobody's any more", async () => {
  await using open = await opened(["eu-west"]);
  open.cluster.lingers = true;
  await open.allocator.allocate(requestOf(1));
  assert.deepEqual(await open.allocator.release(requestOf(1)), { kind: "done" });
  assert.equal(open.cluster.gameServers.length, 2);
  assert.equal((await open.another().allocate(requestOf(2))).kind, "allocated");
});
