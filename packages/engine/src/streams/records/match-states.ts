import { byTeam } from "../match-facts.ts";
import { matchState, type Telling } from "./outside-event.ts";

/** Every state that a match enters. */
export const matchStates: Telling<
  | "match.created"
  | "match.preparing"
  | "match.ready"
  | "match.started"
  | "match.resolved"
  | "match.settled"
  | "match.cancelled"
  | "match.voided"
> = {
  "match.created"(event, facts) {
    const { match: id, state, mode, tier, players, region, contest, rulesVersion } = event;
    const isRevealed = state !== "MATCHED" || facts?.isRevealedAtOnce === true;
    return {
      type: "MatchCreated",
      data: {
        ...matchState(state, { id, facts: { mode, tier, players: byTeam(players) }, isRevealed }),
        player_count: players.length,
        region,
        territory: contest?.territory ?? null,
        crews: contest?.crews ?? null,
        stake: event.stake,
        rules_version: rulesVersion,
      },
    };
  },
  "match.preparing": ({ match: id, pending }, facts) => ({
    type: "MatchPreparing",
    data: { ...matchState("PREPARING", { id, facts }), pending },
  }),
  "match.ready": ({ match: id }, facts) => ({
    type: "MatchReady",
    data: matchState("READY", { id, facts }),
  }),
  "match.started": ({ match: id, startedAt, endsAt }, facts) => ({
    type: "GameStarted",
    data: { ...matchState("ACTIVE", { id, facts }), duration_ms: endsAt - startedAt },
  }),
  "match.resolved": ({ match: id, result }, facts) => ({
    type: "GameEnded",
    data: {
      ...matchState("RESOLVED", { id, facts }),
      winner: result.winners.length === 1 ? result.winners[0] : null,
      winners: result.winners,
      player_stats: result.players.map((player) => ({
        player_id: player.player,
        team: player.team,
        outcome: player.outcome,
        wpm: player.wpm,
        accuracy: player.accuracy,
        position: player.typed.position,
        rating_before: player.before.rating,
        rating_after: player.after.rating,
      })),
      duration_ms: result.durationMs,
      end_reason: result.endReason,
    },
  }),
  "match.settled": ({ match: id, payouts, burned, txHash }, facts) => ({
    type: "MatchSettled",
    data: {
      ...matchState("SETTLED", { id, facts }),
      payouts: payouts.map(({ player, amount }) => ({ player_id: player, amount })),
      burned,
      tx_hash: txHash,
    },
  }),
  // Whom it was the fault of is between them and us, and before all have accepted nobody may be named.
  "match.cancelled": ({ match: id, reason, fates }, facts) => ({
    type: "MatchCancelled",
    data: {
      ...matchState("CANCELLED", { id, facts, isRevealed: false }),
      reason,
      tickets: fates.map(({ ticket, ended }) => ({
        ticket_id: ticket,
        requeued: ended === null,
        end_reason: ended,
      })),
    },
  }),
  "match.voided": ({ match: id, reason, refunds }, facts) => ({
    type: "MatchVoided",
    data: {
      ...matchState("VOIDED", { id, facts }),
      reason,
      refunds: refunds.map(({ player, amount }) => ({ player_id: player, amount })),
    },
  }),
};
