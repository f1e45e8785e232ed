import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { archiveConformance, logConformance, relayConformance } from "../src/conformance.ts";
import { InProcessRelay, MemoryArchiveStore, MemoryLogStore, openSqliteFile } from "../src/index.ts";

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
run("relay", relayConformance, {
  name: "in-process",
  open: async () => {
    const relay = new InProcessRelay({ onError: () => {} });
    return { relay, settled: async () => {}, end: () => relay.close() };
  },
});

test("[S40] every adapter of every port runs its port's suite", () => {
  for (const port of ["log", "archive", "relay"] as const) {
    const folders = readdirSync(new URL(`../src/${port}/`, import.meta.url), { withFileTypes: true });
    const adapters = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.deepEqual(ran[port].sort(), adapters.sort());
  }
});
