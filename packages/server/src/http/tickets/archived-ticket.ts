import type { PlayerId } from "@matchforge/core";
import type { TicketView } from "@matchforge/protocol";
import type { ArchivedMatch, MatchRow } from "@matchforge/stores";
import { matchRecordOf } from "matchforge";
import type { HttpDeps } from "../http-deps.ts";
import { archivedMatchView } from "../match-view.ts";
import { endMessage } from "./ticket-view.ts";

/** How many of a player's last matches are looked through for a ticket that this node remembers no more. */
const matchesMax = 20;

/**
 * A ticket of a player's that was played, from what the archive keeps of its match; undefined where it keeps none. What
 * ended without a result is not found here.
 */
export async function archivedTicket(
  archive: Pick<HttpDeps["archive"], "match" | "matchesOf">,
  ticket: string,
  player: PlayerId,
): Promise<TicketView | undefined> {
  const rows = await archive.matchesOf({ playerId: player, limit: matchesMax });
  const row = rows.find((one) => isOf(one, ticket, player));
  const archived = row && (await archive.match(row.matchId));
  return archived && viewOf(archived, ticket, player);
}

function isOf(row: MatchRow, ticket: string, player: PlayerId): boolean {
  const facts = matchRecordOf(row)?.tickets ?? [];
  return facts.some((fact) => fact.ticket === ticket && fact.players.some((one) => one.player === player));
}

function viewOf(archived: ArchivedMatch, ticket_id: string, player: PlayerId): TicketView {
  const { match } = archived;
  const { state: match_state } = archivedMatchView(archived);
  const reason = match_state === "VOIDED" ? "voided" : "played";
  return {
    ticket_id,
    state: "ended",
    version: `${match.position}`,
    expires_at: null,
    party_id: null,
    requeued: false,
    is_long_wait: false,
    position: null,
    estimated_wait_secs: null,
    match: null,
    assignment: null,
    ended: {
      reason,
      message: endMessage(reason, true),
      match_id: match.matchId,
      match_state,
      cooldown_secs: 0,
    },
    result: reason === "voided" ? null : resultOf(archived, player),
  };
}

/** What the archive does not keep, such as how long a text was, is not made up. */
function resultOf(archived: ArchivedMatch, player: PlayerId): TicketView["result"] {
  const { match, players } = archived;
  const { end_reason, tx_hash, players: shown } = archivedMatchView(archived);
  const own = players.find(({ playerId }) => playerId === player);
  const stats = shown.find(({ player_id }) => player_id === player)?.stats;
  if (own === undefined || end_reason === null) return null;
  return {
    match_id: match.matchId,
    winner: match.winners[0] ?? null,
    your_stats: stats ?? { progress: 0, wpm: 0, accuracy: 0, time_ms: 0 },
    opponent_stats: null,
    prize: own.payout ?? "0",
    rating_change: (own.ratingAfter ?? 0) - (own.ratingBefore ?? 0),
    tx_hash,
    end_reason,
  };
}
