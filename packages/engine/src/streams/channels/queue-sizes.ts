import { estimateWait, type PoolKey, type State, type TicketId } from "@matchforge/core";
import type { Told } from "./told.ts";

/** How full the queues are, and where somebody stands in them: read from the state, as it is when it is told. */
export class QueueSizes {
  readonly #told = new Map<PoolKey, number>();

  /** What has changed since it was last told. */
  changes(state: State): Told[] {
    const changed: Told["data"][] = [];
    for (const { key, mode, tier, territory, index, meanWaitMs } of state.pools.values()) {
      if ((this.#told.get(key) ?? 0) === index.size) continue;
      this.#told.set(key, index.size);
      changed.push({
        mode,
        stake_tier: tier,
        territory,
        size: index.size,
        average_wait_secs: Math.round(meanWaitMs / 1_000),
      });
    }
    for (const key of this.#told.keys()) if (!state.pools.has(key)) this.#told.delete(key);
    if (changed.length === 0) return [];
    const sizes = changed.map((data): Told => {
      return { channel: `events:queue:${data.mode}`, type: "queue_size_changed", data };
    });
    return [...sizes, { channel: "queue:status", type: "queue_update", data: { queues: changed } }];
  }

  /** Everything is told again. */
  forget(): void {
    this.#told.clear();
  }
}

/** What the players of a ticket that waits are told; of one that waits no longer, nothing. */
export function queueUpdates(state: State, id: TicketId): Told[] {
  const ticket = state.tickets.get(id);
  if (ticket?.state !== "waiting") return [];
  const [standing] = ticket.standings;
  const position = state.pools.get(standing.pool)?.index.positionOf(standing) ?? null;
  const data = { ticket_id: id, position, estimated_wait: estimatedSecs(state, ticket.standings) };
  return ticket.playerIds.map((player) => ({
    channel: `player:${player}:updates`,
    type: "queue_update",
    data,
  }));
}

/** The shortest of what is expected in its queues; null while too few have been matched. */
function estimatedSecs(
  state: State,
  standings: readonly { readonly pool: PoolKey; readonly rating: number; readonly enqueuedAt: number }[],
): number | null {
  const estimates = standings.flatMap(({ pool, rating, enqueuedAt }) => {
    const waits = state.pools.get(pool)?.waits;
    const estimate = waits && estimateWait(waits, { rating, waitedMs: Math.max(0, state.time - enqueuedAt) });
    return estimate == null ? [] : [estimate.medianMs];
  });
  return estimates.length === 0 ? null : Math.ceil(Math.min(...estimates) / 1_000);
}
