import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  applyEntry,
  brokenInvariants,
  createState,
  type Entry,
  type KernelEvent,
  type NodeKey,
  type RefusalCode,
  restoreState,
  type State,
  sha256Hex,
  snapshotChunks,
  stateHash,
} from "../../src/index.ts";
import { recorders } from "../../src/kernel/evolve/evolve.ts";
import { History } from "./history.ts";
import { commandOf, type Step, scriptFrom } from "./random-commands.ts";
import { randomRules } from "./random-rules.ts";

const node: NodeKey = "alpha/0";
const opening: readonly Entry["command"][] = [
  { type: "node.up", levels: [1, 2, 3] },
  { type: "node.lead" },
  { type: "kernel.level", term: 2, level: 3 },
  { type: "rules.configure", rules: randomRules },
  { type: "epoch.open", term: 2, number: 1, hash: sha256Hex("secret 1") },
];

const eventTypes = Object.keys(recorders) as KernelEvent["type"][];

/** Three replicas of one log: one that ran throughout, one that replays, one that restarts from snapshots. */
class Replicas {
  readonly history = new History();
  state: State = createState();
  readonly #twin: State = createState();
  #restarted: State = createState();
  #at = 1_700_000_000_000;

  apply(command: Entry["command"], options: { by: NodeKey; ms: number }): void {
    this.#at += options.ms;
    const position = this.state.position + 1;
    const entry: Entry = { position, at: this.#at, node: options.by, command };
    const events = applyEntry(this.state, entry);
    assert.deepEqual(brokenInvariants(this.state), []);
    this.history.add(events);
    assert.deepEqual(applyEntry(this.#twin, structuredClone(entry)), events);
    assert.deepEqual(applyEntry(this.#restarted, structuredClone(entry)), events);
  }

  restart(): void {
    const chunks = [...snapshotChunks(this.#restarted)];
    this.#restarted = restoreState(chunks);
    assert.deepEqual([...snapshotChunks(this.#restarted)], chunks);
  }

  /** At the end all replicas are the same, and hold what the events say. */
  compare(): void {
    const hash = stateHash(this.state);
    assert.equal(stateHash(this.#twin), hash);
    assert.equal(stateHash(this.#restarted), hash);
    this.history.compare(this.state);
  }
}

/** Plays a script; fails at the first entry after which something is wrong. */
function run(script: readonly Step[]): History {
  const replicas = new Replicas();
  for (const command of opening) replicas.apply(command, { by: node, ms: 0 });
  for (const step of script) {
    keepLed(replicas);
    if (step.kind === "sleep") sleep(replicas, step.b % 500);
    const next = commandOf(step, replicas.state);
    if (next !== null) replicas.apply(next.command, { by: next.node, ms: step.ms });
    if (step.a % 61 === 0) replicas.restart();
  }
  replicas.compare();
  return replicas.history;
}

/** When the last node was lost another comes up. */
function keepLed(replicas: Replicas): void {
  if (replicas.state.nodes.size > 0) return;
  const by: NodeKey = `alpha/${replicas.state.position}`;
  replicas.apply({ type: "node.up", levels: [1, 2, 3] }, { by, ms: 0 });
  replicas.apply({ type: "node.lead" }, { by, ms: 0 });
}

/** For a while nobody does anything, but the first node lives and the archive keeps up. */
function sleep(replicas: Replicas, entries: number): void {
  const [by] = replicas.state.nodes.keys();
  for (let count = 0; count < entries; count += 1) replicas.apply({ type: "node.alive" }, { by, ms: 2_000 });
  replicas.apply({ type: "archive.progress", cursor: replicas.state.position }, { by, ms: 0 });
}

/** Plays the script of a seed; a failure names the seed and shows the shortest script found that fails too. */
function runSeed(seed: number): History {
  const script = scriptFrom({ seed, length: 3_000 });
  try {
    return run(script);
  } catch {
    // Played again below, with fewer and fewer steps.
  }
  const shortest = shortened(script);
  const lines = shortest.map((step) => JSON.stringify(step)).join("\n");
  throw new Error(`seed ${seed}, ${shortest.length} steps:\n${lines}`, { cause: failureOf(shortest) });
}

function failureOf(script: readonly Step[]): unknown {
  try {
    run(script);
  } catch (error) {
    return error ?? new Error("unknown");
  }
  return undefined;
}

/** Leaves out ever smaller parts of a failing script for as long as it still fails. */
function shortened(script: readonly Step[]): readonly Step[] {
  let left = script;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < left.length; ) {
      const without = [...left.slice(0, from), ...left.slice(from + size)];
      if (failureOf(without) === undefined) from += size;
      else left = without;
    }
  }
  return left;
}

test("[K47] in any history, on every replica, all invariants hold after every entry", () => {
  const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(seeds, (seed) => {
      runSeed(seed);
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

const refusals: readonly RefusalCode[] = [
  "ALREADY_IN_QUEUE",
  "QUEUE_FULL",
  "NOT_IN_QUEUE",
  "QUEUE_NOT_FOUND",
  "PLAYER_NOT_FOUND",
  "PLAYER_NOT_IN_MATCH",
  "MATCH_NOT_FOUND",
  "INVALID_STATE",
  "PARTY_NOT_FOUND",
  "PARTY_FULL",
  "INVALID_PARTY_OPERATION",
  "CREW_NOT_FOUND",
  "CREW_FULL",
  "INVALID_CREW_OPERATION",
  "INVALID_CONFIGURATION",
  "CONSTRAINTS_NOT_SATISFIED",
  "MODE_NOT_AVAILABLE",
  "COOLDOWN",
  "INSUFFICIENT_FUNDS",
  "STALE_EPOCH",
  "STALE_TERM",
  "STALE_RULES",
  "TICKET_NOT_WAITING",
  "TYPING_TOO_FAST",
  "COMMITMENT_MISMATCH",
  "RULES_NOT_FOUND",
  "EFFECT_NOT_FOUND",
  "NODE_NOT_FOUND",
  "SERVER_NOT_FOUND",
  "NO_SERVER",
  "INVALID_RESULT",
  "MATCH_TICKET_INVALID",
  "MATCH_TICKET_USED",
  "LEVEL_NOT_SUPPORTED",
  "ID_REUSED",
  "REPEATED",
  "INTERNAL_ERROR",
];

test("[K47] such histories meet every event and every refusal", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 40; seed += 1) for (const what of runSeed(seed).seen.keys()) seen.add(what);
  const expected = [
    ...eventTypes.filter((type) => type !== "refused"),
    ...refusals.map((code) => `refused ${code}`),
  ];
  assert.deepEqual(
    expected.filter((what) => !seen.has(what)),
    [],
  );
});
