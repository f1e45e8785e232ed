import type { PlayerId, Pool, Standing, State, Ticket } from "@matchforge/core";

/** A ticket's place in a pool, with both. */
export interface WaitingIn {
  readonly ticket: Ticket;
  readonly standing: Standing;
  readonly pool: Pool;
}

/** Where a player's ticket stands in a mode and tier, whatever territory it is for; undefined when it does not. */
export function waitingIn(
  state: State,
  { player, mode, tier }: { readonly player: PlayerId; readonly mode: string; readonly tier?: string },
): WaitingIn | undefined {
  const ticket = state.tickets.get(state.players.get(player)?.ticket ?? "ticket_");
  for (const standing of ticket?.standings ?? []) {
    const pool = state.pools.get(standing.pool);
    if (ticket !== undefined && pool?.mode === mode && pool.tier === (tier ?? null))
      return { ticket, standing, pool };
  }
  return undefined;
}
