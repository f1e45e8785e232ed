import { type Match, matchPlayerOf, type PlayerId } from "@matchforge/core";
import type { MatchPasses } from "./match-passes.ts";

/** Where a player plays, and what lets them in. For this player's eyes alone. */
export interface Assignment {
  readonly match_id: string;
  readonly server_addr: string;
  /** Null once it was redeemed or has expired: a fresh one must be asked for. */
  readonly match_ticket: string | null;
  /** Unix ms. */
  readonly expires_at: number;
}

/**
 * A player's assignment as the state has it; null while the match has no server. However often and wherever it is asked
 * for, it is the same ticket.
 */
export async function assignmentOf(
  match: Match,
  player: PlayerId,
  options: {
    readonly passes: MatchPasses;
    /** Shard time now, in ms. */
    readonly shardTime: number;
    /** Unix ms. */
    readonly wallTime: number;
  },
): Promise<Assignment | null> {
  const { allocation, server: server_addr } = match;
  const matchTicket = matchPlayerOf(match, player)?.matchTicket;
  const server = allocation?.server ?? null;
  if (allocation === undefined || server === null || server_addr === null || matchTicket === undefined)
    return null;
  const { serial, until, isRedeemed } = matchTicket;
  const expires_at = Math.max(0, Math.round(options.wallTime + until - options.shardTime));
  const isGood = !isRedeemed && until > options.shardTime;
  const claims = { match: match.id, player, server, attempt: allocation.attempt, serial };
  const match_ticket = isGood ? await options.passes.ticketFor(claims, expires_at) : null;
  return { match_id: match.id, server_addr, match_ticket, expires_at };
}
