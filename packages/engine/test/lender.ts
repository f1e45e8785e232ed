import assert from "node:assert/strict";
import type { Match } from "@matchforge/core";
import type { AllocationOutcome, AllocationRequest, ServerAllocator, ServerSources } from "../src/index.ts";
import type { Cluster, TestNode } from "./cluster.ts";

/** An allocator of the test's own: it answers what it is told to, and remembers what it holds. */
export class Lender implements ServerAllocator {
  readonly name: string;
  readonly held = new Set<string>();
  readonly asked: AllocationRequest[] = [];
  releases = 0;
  answer: (request: AllocationRequest) => Promise<AllocationOutcome>;

  constructor(name: string, answer?: Lender["answer"]) {
    this.name = name;
    this.answer = answer ?? (async ({ key }) => this.lend(key));
  }

  lend(key: string): AllocationOutcome {
    this.held.add(key);
    const server = { name: `${this.name}-1`, address: `198.51.100.1:${this.held.size}`, region: null };
    return { kind: "allocated", server };
  }

  allocate(request: AllocationRequest): Promise<AllocationOutcome> {
    this.asked.push(request);
    return this.answer(request);
  }

  async release({ key }: { readonly key: string }) {
    this.releases += 1;
    this.held.delete(key);
    return { kind: "done" } as const;
  }

  async close(): Promise<void> {}
}

export const none = async (): Promise<AllocationOutcome> => ({ kind: "none", reason: "full" });

export function sources(...allocators: ServerSources["allocators"]): ServerSources {
  return { allocators, listed: [], credentialFor: ({ match, attempt }) => `${match}/${attempt}` };
}

export async function queueTwo(
  cluster: Cluster,
  node: TestNode,
  {
    names = ["a", "b"],
    mode = "hosted",
    tier = null,
  }: { names?: readonly string[]; mode?: string; tier?: string | null } = {},
): Promise<void> {
  for (const name of names) {
    await cluster.connect(node, `player_${name}`);
    await cluster.enqueue(node, `player_${name}`, mode, tier);
  }
}

export function onlyMatch({ engine }: TestNode): Match {
  const [match, ...others] = engine.state.matches.values();
  assert.ok(match, "there is no match");
  assert.deepEqual(others, []);
  return match;
}

export async function report(cluster: Cluster, node: TestNode, { id, players }: Match): Promise<void> {
  const teams = players.map(({ id: player }, rank) => ({ players: [player], rank: rank + 1 }));
  await cluster.submit(node, { type: "match.result", match: id, attempt: 1, teams });
}

export const releaseKeys = ({ engine }: TestNode) =>
  [...engine.state.effects.keys()].filter((key) => key.startsWith("release:"));
