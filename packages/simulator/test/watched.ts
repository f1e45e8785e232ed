import type { Command, NodeKey, PlayerId } from "@matchforge/core";
import { type Log, MemoryLogStore } from "@matchforge/stores";
import { Auditor } from "../src/audit/auditor.ts";
import { worldRules } from "../src/world/world-rules.ts";

/** A log written by hand, by as many nodes as it names, watched by an auditor. Its clock moves when told to. */
export class Watched {
  nowMs = 1_000;
  readonly store = new MemoryLogStore({ now: () => this.nowMs });
  readonly auditor: Auditor;
  readonly #log: Log = this.store.connect();
  readonly #sequences = new Map<NodeKey, number>();

  constructor() {
    this.auditor = new Auditor(this.store);
  }

  get sentences(): readonly string[] {
    return this.auditor.violations.map(({ sentence }) => sentence);
  }

  /** One batch of a node. */
  async append(key: NodeKey, ...commands: Command[]): Promise<void> {
    const sequence = (this.#sequences.get(key) ?? 0) + 1;
    this.#sequences.set(key, sequence);
    const [node = "", boot = ""] = key.split("/");
    const batch = { node, boot, sequence, count: commands.length, commands: JSON.stringify(commands) };
    await this.#log.append(batch);
  }

  /** Time passes, and nodes say that they are there. */
  async pass(ms: number, ...nodes: NodeKey[]): Promise<void> {
    for (let left = ms; left > 0; left -= 1_000) {
      this.nowMs += Math.min(left, 1_000);
      for (const node of nodes) await this.append(node, { type: "node.alive" });
    }
  }

  /** A shard of two nodes, with two connected players. */
  async begin(): Promise<[PlayerId, PlayerId]> {
    await this.append("a/1", { type: "node.up", levels: [1, 2] }, { type: "node.lead" });
    await this.append("b/1", { type: "node.up", levels: [1, 2] });
    await this.append("a/1", { type: "rules.configure", rules: worldRules() });
    await this.append("a/1", { type: "epoch.open", term: 2, number: 1, hash: "0".repeat(64) });
    await this.append("a/1", connected("player_ada", "a/1"), connected("player_bob", "b/1"));
    return ["player_ada", "player_bob"];
  }
}

/** A player comes. */
export function connected(player: PlayerId, node: NodeKey): Command {
  return { type: "player.connected", player, node, guest: true };
}
