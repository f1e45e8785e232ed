import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { archiveConformance, logConformance, relayConformance } from "../src/conformance.ts";
import { InProcessRelay, MemoryArchiveStore, MemoryLogStore, openSqliteFile } from "../src/index.ts";
import { testSchema } from "./postgres-schema.ts";
import { testShard } from "./redis-shard.ts";
import { fleet } from "./socket-fleet.ts";

const ran: Record<"log" | "archive" | "relay", string[]> = { log: [], archive: [], relay: [] };

async function sqliteFile() {
  const folder = mkdtempSync(join(tmpdir(), "matchforge-stores-"));
  const file = await openSqliteFile({ path: join(folder, "test.db") });
  const end = async () => {
    await file.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { file, end };
}

function run<Harness extends { readonly name: string }>(
  port: keyof typeof ran,
  suite: (harness: Harness) => void,
  harness: Harness,
) {
  ran[port].push(harness.name);
  suite(harness);
}

run("log", logConformance, {
  name: "memory",
  open: async () => {
    let now = 1_000_000;
    const store = new MemoryLogStore({ now: () => now-- });
    return { connect: () => store.connect(), end: async () => {} };
  },
});
run("log", logConformance, {
  name: "sqlite",
  open: async () => {
    const { file, end } = await sqliteFile();
    return { connect: () => file.log(), end };
  },
});
// Each handle is of an opener of its own, as the nodes of a fleet are.
run("log", logConformance, {
  name: "postgres",
  open: async () => {
    const schema = await testSchema();
    return { connect: async () => (await schema.open()).log(), end: schema.end };
  },
});
run("log", logConformance, {
  name: "redis",
  open: async () => {
    const shard = await testShard();
    return { connect: async () => (await shard.open()).log(), end: shard.end };
  },
});
run("archive", archiveConformance, {
  name: "memory",
  open: async () => {
    const store = new MemoryArchiveStore();
    return { connect: () => store.connect(), end: async () => {} };
  },
});
run("archive", archiveConformance, {
  name: "sqlite",
  open: async () => {
    const { file, end } = await sqliteFile();
    return { connect: () => file.archive(), end };
  },
});
run("archive", archiveConformance, {
  name: "postgres",
  open: async () => {
    const schema = await testSchema();
    return { connect: async () => (await schema.open()).archive(), end: schema.end };
  },
});
run("relay", relayConformance, {
  name: "in-process",
  open: async () => {
    const relay = new InProcessRelay({ onError: () => {} });
    return { relay, settled: async () => {}, end: () => relay.close() };
  },
});
run("relay", relayConformance, {
  name: "redis",
  open: async () => {
    const shard = await testShard();
    return { relay: (await shard.open()).relay(), settled: async () => {}, end: shard.end };
  },
  openTwo: async () => {
    const shard = await testShard();
    const [one, other] = [(await shard.open()).relay(), (await shard.open()).relay()];
    return { one, other, end: shard.end };
  },
});
run("relay", relayConformance, {
  name: "sockets",
  open: async () => {
    const nodes = fleet();
    return { relay: await nodes.start("a"), settled: async () => {}, end: nodes.end };
  },
  openTwo: async () => {
    const nodes = fleet();
    const [one, other] = [await nodes.start("a"), await nodes.start("b")];
    nodes.introduce();
    return { one, other, end: nodes.end };
  },
});

test("[S40] every adapter of every port runs its port's suite", () => {
  for (const port of ["log", "archive", "relay"] as const) {
    const folders = readdirSync(new URL(`../src/${port}/`, import.meta.url), { withFileTypes: true });
    const adapters = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.deepEqual(ran[port].sort(), adapters.sort());
  }
});
