import type { Telling } from "./outside-event.ts";

/** What happens to a match within a state. Of its server nothing is said but that there is one. */
export const matchSteps: Telling<
  | "match.accepted"
  | "match.loaded"
  | "match.allocating"
  | "match.allocated"
  | "match.unallocated"
  | "match.server_lost"
  | "match.dispatched"
  | "match.escrowed"
  | "match.finished"
  | "match.forfeited"
  | "match.settlement_late"
  | "round.joined"
  | "round.left"
  | "round.extended"
  | "siege.joined"
  | "siege.left"
> = {
  "match.accepted": ({ match, player, ready, total }, facts) => ({
    type: "PlayerReady",
    data: { match_id: match, player_id: facts?.isRevealedAtOnce === true ? player : null, ready, total },
  }),
  "match.loaded": ({ match, player, loaded, total }) => ({
    type: "PlayerLoaded",
    data: { match_id: match, player_id: player, loaded, total },
  }),
  "match.allocating": ({ match, attempt }) => ({
    type: "ServerRequested",
    data: { match_id: match, attempt },
  }),
  "match.allocated": ({ match }) => ({ type: "ServerAssigned", data: { match_id: match } }),
  "match.unallocated": ({ match, attempt }) => ({
    type: "ServerUnavailable",
    data: { match_id: match, attempt },
  }),
  "match.server_lost": ({ match, attempt }) => ({ type: "ServerLost", data: { match_id: match, attempt } }),
  "match.dispatched": ({ match }) => ({ type: "ServerAssigned", data: { match_id: match } }),
  "match.escrowed": ({ match, txHash }) => ({
    type: "StakesEscrowed",
    data: { match_id: match, tx_hash: txHash },
  }),
  "match.finished": ({ match, player }) => ({
    type: "PlayerFinished",
    data: { match_id: match, player_id: player },
  }),
  "match.forfeited": ({ match, player }) => ({
    type: "PlayerForfeited",
    data: { match_id: match, player_id: player },
  }),
  "match.settlement_late": ({ match }) => ({ type: "SettlementLate", data: { match_id: match } }),
  "round.joined": ({ match, players }) => ({
    type: "PlayersJoined",
    data: { match_id: match, players: players.map(({ player }) => player) },
  }),
  "round.left": ({ match, players, ended }) => ({
    type: "PlayersLeft",
    data: { match_id: match, players, requeued: ended === null },
  }),
  "round.extended": ({ match }) => ({ type: "RoundExtended", data: { match_id: match } }),
  "siege.joined": ({ match, player }) => ({
    type: "PlayersJoined",
    data: { match_id: match, players: [player] },
  }),
  "siege.left": ({ match, player }) => ({
    type: "PlayersLeft",
    data: { match_id: match, players: [player], requeued: false },
  }),
};
