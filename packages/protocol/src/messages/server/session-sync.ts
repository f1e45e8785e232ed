import { amount, id, nullable, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { sessionStates } from "../../vocabulary.ts";
import { defineServerMessage } from "../message-definition.ts";
import { partyInvitations, partyOrNull } from "../parts/party.ts";
import { roundOrNull } from "../parts/round.ts";
import { sessionMatch } from "../parts/session-match.ts";
import { sessionTicket } from "../parts/session-ticket.ts";

export const sessionSync = defineServerMessage({
  type: "session.sync",
  since: 1,
  delivery: "event",
  description: "The player's whole truth: after `auth`, and whenever a client has fallen behind.",
  data: strictObject({
    player_id: id("The player."),
    state: oneOf(sessionStates, "What the player is doing."),
    ticket: nullable(sessionTicket),
    match: nullable(sessionMatch),
    round: roundOrNull,
    party: partyOrNull,
    invitations: partyInvitations,
    balance: amount("What the player can stake."),
    last_event: nullable(id("The newest event this picture includes; null before the first.")),
  }),
  example: {
    player_id: "player_xyz",
    state: "in_match",
    ticket: null,
    match: {
      match_id: "match_abc123",
      mode: "code_duel",
      state: "ACTIVE",
      opponent: { address: "0x9c2d...", rating: 1189, wins: 18, avg_wpm: 76 },
      region: null,
      map: null,
      wager: "300000000000000000000",
      deadline: 1706025665000,
      code_commitment: "489d787d526ef91e7dd62d975c46cedaef28932e538451782d50699f9b6eced3",
      code_sequence: "nmap -sS -sV -p- --script vuln 192.168.1.0/24",
      code_salt: "f3a91c0e7b2d4856",
      remaining_ms: 41700,
      upto: 44,
      position: 42,
      opponent_progress: { progress: 0.62, wpm: 72, accuracy: 0.94 },
    },
    round: null,
    party: null,
    invitations: [],
    balance: "1200000000000000000000",
    last_event: "event_4711",
  },
});
