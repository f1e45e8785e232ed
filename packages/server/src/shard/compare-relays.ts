import type { EngineNode, Report } from "matchforge";

/**
 * Tells of nodes whose live frames travel another way than this one's, over Redis or directly: neither hears the other,
 * and nobody would notice but their players.
 */
export function compareRelays(
  node: Pick<EngineNode, "key" | "state" | "replica">,
  { address: own, report }: { readonly address: string | null; readonly report: Report },
): void {
  const told = new Set<string>();
  const look = () => {
    for (const { id, address } of node.state.nodes.values()) {
      if (id === node.key || told.has(id) || (address === null) === (own === null)) continue;
      told.add(id);
      const detail = `${id} sends live frames ${wayOf(address)}, this node ${wayOf(own)}: neither hears the other.`;
      report({ code: "RELAY_DIFFERS", detail: `${detail} Give all nodes the same relay and redis.` });
    }
  };
  node.replica.onApplied((_entry, events) => {
    if (events.some(({ type }) => type === "node.up")) look();
  });
  look();
}

function wayOf(address: string | null): string {
  return address === null ? "through Redis" : "directly";
}
