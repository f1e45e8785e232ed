import type { NodeKey } from "@matchforge/core";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { act } from "../act.ts";
import { adminRoute } from "../admin-route.ts";
import { pageOf } from "../page-of.ts";
import { wallTimeOf } from "../wall-time.ts";

/** The shard's own machines, the game servers, and a word to everybody. */
export const nodeRoutes = [
  adminRoute(adminRoutes.adminNodes, async ({ query }, deps) => {
    const { nodes, leader, level, players, haltedAt } = deps.state();
    const page = pageOf(nodes.values(), { query, keyOf: ({ id }) => id });
    const held = new Map<string | null, number>();
    for (const { epoch, node } of players.values())
      if (epoch !== 0) held.set(node, (held.get(node) ?? 0) + 1);
    const views = page.rows.map(({ id, draining, levels, lastEntryAt }) => ({
      node: id,
      is_asked: id === deps.nodeKey,
      is_leader: id === leader,
      is_draining: draining,
      levels: [...levels],
      players: held.get(id) ?? 0,
      last_entry_at: wallTimeOf(deps, lastEntryAt),
    }));
    return { kernel_level: level, is_halted: haltedAt !== undefined, nodes: views, next: page.next };
  }),
  adminRoute(adminRoutes.adminNodeDrain, async ({ actor, params: { node }, body: { reason } }, deps) => {
    const request = { type: "node.drain", node: node as NodeKey } as const;
    const acted = await act(deps, { actor, reason, request });
    return "refusal" in acted ? acted : { node, position: acted.position };
  }),
  adminRoute(adminRoutes.adminShardResume, async ({ actor, body: { reason } }, deps) => {
    const acted = await act(deps, { actor, reason, request: { type: "shard.resume" } });
    return "refusal" in acted ? acted : { position: acted.position };
  }),
  adminRoute(adminRoutes.adminServers, async ({ query }, deps) => {
    const page = pageOf(deps.state().servers.values(), { query, keyOf: ({ id }) => id });
    const views = page.rows.map((server) => ({
      server_id: server.id,
      allocator: server.allocator,
      epoch: server.epoch,
      server_addr: server.offer.address,
      region: server.offer.region,
      labels: { ...server.offer.labels },
      capacity: server.offer.capacity,
      matches: server.matches.length,
      is_draining: server.draining,
      is_lent: server.isLent === true,
      last_heard_at: server.lastHeardAt === null ? null : wallTimeOf(deps, server.lastHeardAt),
    }));
    return { servers: views, next: page.next };
  }),
  adminRoute(adminRoutes.adminAnnouncement, async ({ actor, body }, deps) => {
    const { text, severity = "info", reason } = body;
    const acted = await act(deps, { actor, reason, request: { type: "announce", text, severity } });
    if ("refusal" in acted) return acted;
    const { position, events } = acted;
    const announcement_id = events.find((event) => event.type === "announced")?.id ?? "";
    return { announcement_id, position };
  }),
];
