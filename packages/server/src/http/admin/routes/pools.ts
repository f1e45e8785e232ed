import { compareByAge, type Pool, type Standing, type TicketId } from "@matchforge/core";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { act } from "../act.ts";
import { adminRoute, type Refused } from "../admin-route.ts";
import { limitOf, type PageQuery, pageOf } from "../page-of.ts";
import { ticketView } from "../views/ticket-view.ts";

/** Pools, the tickets that wait in them, and why. */
export const poolRoutes = [
  adminRoute(adminRoutes.adminPools, async ({ query }, { state }) => {
    const page = pageOf(state().pools.values(), { query, keyOf: ({ key }) => key });
    return { pools: page.rows.map(poolView), next: page.next };
  }),
  adminRoute(adminRoutes.adminPoolTickets, async ({ params: { key }, query }, { state, shardTime }) => {
    const pool = state().pools.get(key);
    if (pool === undefined) return { refusal: { code: "QUEUE_NOT_FOUND" } };
    const page = ticketsBehind(pool, query);
    if ("refusal" in page) return page;
    const { tickets } = state();
    const views = page.standings.map(({ ticketId, playerIds, rating, enqueuedAt }) => ({
      ticket_id: ticketId,
      players: [...playerIds],
      rating,
      waited_secs: Math.max(0, shardTime() - enqueuedAt) / 1_000,
      is_away: tickets.get(ticketId)?.absentUntil !== Number.POSITIVE_INFINITY,
    }));
    return { tickets: views, next: page.next };
  }),
  adminRoute(adminRoutes.adminTicket, async ({ params: { id } }, deps) => {
    const ticket = deps.state().tickets.get(id as TicketId);
    return ticket === undefined ? { refusal: { code: "TICKET_NOT_WAITING" } } : ticketView(deps, ticket);
  }),
  adminRoute(adminRoutes.adminTicketWithdraw, async ({ actor, params: { id }, query: { reason } }, deps) => {
    const request = { type: "ticket.withdraw", ticket: id as TicketId } as const;
    const acted = await act(deps, { actor, reason, request });
    return "refusal" in acted ? acted : { ticket_id: id, position: acted.position };
  }),
];

function poolView(pool: Pool) {
  return {
    pool: pool.key,
    mode: pool.mode,
    stake_tier: pool.tier,
    territory: pool.territory,
    waiting: pool.index.size,
    forming: pool.forming.length,
    matched_tickets: pool.matchedCount,
    matches_made: pool.matchCount,
    mean_wait_secs: pool.meanWaitMs / 1_000,
  };
}

type Place = Pick<Standing, "orderAt" | "draw" | "ticketId">;

/** The tickets behind a place in the order of service. The one that stood there may be gone. */
function ticketsBehind(
  { index }: Pool,
  query: PageQuery,
): { readonly standings: readonly Standing[]; readonly next: string | null } | Refused {
  const limit = limitOf(query);
  const after = query.after === undefined ? undefined : placeIn(query.after);
  if (after === null)
    return { refusal: { code: "INVALID_FIELD", detail: "after must be: the next of a page." } };
  const standings: Standing[] = [];
  for (const chunk of index.byAge.chunks) {
    for (const standing of chunk as readonly Standing[]) {
      if (after !== undefined && compareByAge(standing, after as Standing) <= 0) continue;
      if (standings.length === limit) return { standings, next: cursorOf(standings.at(-1) as Place) };
      standings.push(standing);
    }
  }
  return { standings, next: null };
}

function cursorOf({ orderAt, draw, ticketId }: Place): string {
  return `${orderAt}:${draw}:${ticketId}`;
}

function placeIn(cursor: string): Place | null {
  const [, orderAt, draw, ticketId] =
    /^(-?[\d.e+]{1,24}):(-?\d{1,10}):(ticket_[!-~]{1,64})$/.exec(cursor) ?? [];
  if (ticketId === undefined || !Number.isFinite(Number(orderAt))) return null;
  return { orderAt: Number(orderAt), draw: Number(draw), ticketId: ticketId as TicketId };
}
