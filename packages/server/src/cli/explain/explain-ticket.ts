import {
  currentMode,
  type Explanation,
  estimateWait,
  explain,
  type FormedMatch,
  holdLimit,
  type ModeRules,
  openRounds,
  type Pool,
  type Standing,
  type State,
  type Ticket,
  type WaitEstimate,
  wavesOf,
  windowOf,
} from "@matchforge/core";
import { engineLimits } from "matchforge";

/** Why a ticket waits in one of its pools; everything that is known. */
export interface PoolWait {
  readonly pool: string;
  readonly standing: Standing;
  /** The rating gap it accepts now; Infinity: any. */
  readonly window: number;
  readonly waitedMs: number;
  readonly explanation: Explanation;
  readonly estimate: WaitEstimate | null;
  /** What a wave would make of it now; undefined: the mode's matcher is the game's own, and not here. */
  readonly wouldMatch: FormedMatch | null | undefined;
}

/** Why a ticket waits. */
export interface TicketWait {
  readonly ticket: Ticket;
  /** Position and shard time this is true of. */
  readonly position: number;
  readonly at: number;
  /** The server has stopped, by which everybody went away: told as if they had not. */
  readonly asIfConnected: boolean;
  readonly pools: readonly PoolWait[];
}

/**
 * Explains a waiting ticket in every pool it stands in, at the shard time of a state. Of a server that has stopped it
 * takes everybody for connected, and the state is used up by that.
 */
export function explainTicket(state: State, ticket: Ticket): TicketWait {
  const asIfConnected = [...state.nodes.values()].every(({ draining }) => draining);
  if (asIfConnected) connectAll(state, ticket);
  const pools = ticket.standings.flatMap((standing) => {
    const pool = state.pools.get(standing.pool);
    const mode = pool && currentMode(state, pool.mode);
    return pool === undefined || mode === undefined ? [] : [waitIn(state, { pool, mode, standing })];
  });
  return { ticket, position: state.position, at: state.time, asIfConnected, pools };
}

function connectAll({ pools }: State, { standings }: Ticket): void {
  for (const { pool } of standings) {
    const index = pools.get(pool)?.index;
    for (const one of index?.byAge.chunks.flat() ?? []) index?.setPresent(one, true);
  }
}

function waitIn(
  state: State,
  { pool, mode, standing }: { readonly pool: Pool; readonly mode: ModeRules; readonly standing: Standing },
): PoolWait {
  const at = state.time;
  const { search } = mode;
  const waitedMs = at - standing.enqueuedAt;
  const limit = holdLimit({ search, traffic: pool.traffic, at });
  return {
    pool: pool.key,
    standing,
    window: windowOf(standing, search, at),
    waitedMs,
    explanation: explain({ index: pool.index, search, at, standing, limit }),
    estimate: estimateWait(pool.waits, { rating: standing.rating, waitedMs }),
    wouldMatch: wouldMatch(state, { pool, mode, standing }),
  };
}

function wouldMatch(
  state: State,
  { pool, mode, standing }: { readonly pool: Pool; readonly mode: ModeRules; readonly standing: Standing },
): FormedMatch | null | undefined {
  if (mode.matcher !== null || mode.teamAssigner !== null) return undefined;
  const waves = wavesOf(mode, { ...pool, rounds: () => openRounds(state, pool.key) });
  waves.touch(standing);
  const request = {
    now: 0,
    at: state.time,
    matchesMax: 1,
    budget: engineLimits.waveBudget,
    skip: () => false,
  };
  const formed = waves.run(request);
  return formed.find(({ teams }) => teams.flat().some((one) => one.ticketId === standing.ticketId)) ?? null;
}
