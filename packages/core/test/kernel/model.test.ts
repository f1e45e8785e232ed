import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  applyEntry,
  brokenInvariants,
  createState,
  type Entry,
  type NodeKey,
  restoreState,
  type State,
  sha256Hex,
  snapshotChunks,
  stateHash,
} from "../../src/index.ts";
import { History } from "./history.ts";
import { testRules } from "./modes.ts";
import { commandOf, type Step, steps } from "./random-commands.ts";

const node: NodeKey = "alpha/0";
const opening: readonly Entry["command"][] = [
  { type: "node.up", levels: [1] },
  { type: "node.lead" },
  { type: "rules.configure", rules: testRules },
  { type: "epoch.open", term: 2, number: 1, hash: sha256Hex("secret 1") },
];

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

  /** At the end all replicas are the same, and a node that reads the whole state now too. */
  compare(): void {
    const hash = stateHash(this.state);
    assert.equal(stateHash(this.#twin), hash);
    assert.equal(stateHash(this.#restarted), hash);
    this.history.compare(this.state);
  }
}

function run(script: readonly Step[]): History {
  const replicas = new Replicas();
  for (const command of opening) replicas.apply(command, { by: node, ms: 0 });
  for (const step of script) {
    if (replicas.state.nodes.size === 0) {
      const by: NodeKey = `alpha/${replicas.state.position}`;
      replicas.apply({ type: "node.up", levels: [1] }, { by, ms: 0 });
      replicas.apply({ type: "node.lead" }, { by, ms: 0 });
    }
    const next = commandOf(step, replicas.state);
    if (next !== null) replicas.apply(next.command, { by: next.node, ms: step.ms });
    if (step.a % 61 === 0) replicas.restart();
  }
  replicas.compare();
  return replicas.history;
}

const scripts = fc.array(steps, { minLength: 1_500, maxLength: 3_000, size: "max" });

test("[K47] in any history, on every replica, all invariants hold after every entry", () => {
  fc.assert(
    fc.property(scripts, (script) => {
      run(script);
    }),
    { numRuns: 6, interruptAfterTimeLimit: 60_000 },
  );
});

test("[K47] such histories meet every event and every refusal", () => {
  const seen = new Map<string, number>();
  for (const script of fc.sample(scripts, { seed: 7, numRuns: 8 })) {
    for (const [what, count] of run(script).seen) seen.set(what, (seen.get(what) ?? 0) + count);
  }
  console.log(seen);
});
