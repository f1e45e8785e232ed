import { type Static, Type } from "typebox";
import { matchTicketText, serverAddress } from "../../messages/parts/assignment.ts";
import { foundPlayers, matchPlace, opponentOrNull } from "../../messages/parts/opponent.ts";
import { gameResult } from "../../messages/server/game-result.ts";
import {
  amount,
  count,
  flag,
  id,
  named,
  nullable,
  oneOf,
  seconds,
  sentence,
  timeMs,
} from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { matchStates, queueEndReasons } from "../../vocabulary.ts";

/** What a ticket is doing. */
export const ticketStates = ["waiting", "matched", "ended"] as const;
export type TicketState = (typeof ticketStates)[number];

/** Why a ticket ended: the reasons for which it was not played, and the two ends of a match that was. */
export const ticketEndReasons = [...queueEndReasons, "played", "voided"] as const;

/** A version of a ticket, as the server made it. */
export function ticketVersion(description: string) {
  return Type.String({
    pattern: "^[0-9]{1,16}(\\.[0-9]{1,9}\\.([0-9]{1,9}|x))?$",
    title: "version of a ticket",
    description,
  });
}

/** Where a player plays, and what lets them in. */
export const assignment = strictObject(
  {
    lobby_id: id("The match."),
    server_addr: serverAddress,
    match_ticket: nullable(matchTicketText),
    expires_at: timeMs("Until when the match ticket is good."),
  },
  "Where to play, and the pass to it; null while there is no server.",
);

const match = strictObject(
  {
    match_id: id("The match."),
    mode: named("The mode."),
    state: oneOf(matchStates, "The state it is in."),
    deadline: timeMs("When it leaves this state at the latest."),
    accepted: flag("Whether you have accepted, or need not."),
    ready: count("Players who have accepted."),
    has_loaded: flag("Whether you have loaded, or need not."),
    loaded: count("Players who have loaded."),
    total: count("Players in it."),
    starts_at: nullable(timeMs("When play starts, or has started; null before the countdown.")),
    opponent: opponentOrNull,
    players: Type.Optional(foundPlayers),
    ...matchPlace,
    wager: amount("The stake of each player."),
  },
  "The match it is in; null while it waits, and once it has ended.",
);

const ended = strictObject(
  {
    reason: oneOf(ticketEndReasons, "Why."),
    message: sentence("The same in words."),
    match_id: nullable(id("The match with which it ended; null where there was none.")),
    match_state: nullable(oneOf(matchStates, "What became of that match.")),
    cooldown_secs: seconds("How long you must wait before you may queue for this mode again."),
  },
  "How it ended; null while it has not.",
);

/** A ticket as one of its players sees it. */
export const ticket = strictObject({
  ticket_id: id("The ticket."),
  state: oneOf(ticketStates, "What it is doing."),
  version: ticketVersion("Changes with everything that is told here: the `since` of your next question."),
  expires_at: nullable(timeMs("When it ends if nobody is found; null once it does not wait.")),
  party_id: nullable(id("The party; null for somebody alone.")),
  requeued: flag("Whether it is back at the front of the queue after a match that was called off."),
  is_long_wait: flag("Whether it has waited unusually long."),
  position: nullable(
    count(
      "Place in the first of its pools by waiting time, 1 has waited longest; null once it does not wait.",
    ),
  ),
  estimated_wait_secs: nullable(seconds("How much longer it is likely to take; null while unknown.")),
  match: nullable(match),
  assignment: nullable(assignment),
  ended: nullable(ended),
  result: nullable(gameResult.data),
});

/** A ticket as one of its players sees it. */
export type TicketView = Static<typeof ticket>;

/** Where a player plays, and what lets them in. */
export type HttpAssignment = Static<typeof assignment>;

/** A ticket that has just been made. */
export const waitingTicket: TicketView = {
  ticket_id: "ticket_abc123",
  state: "waiting",
  version: "1042.3.25",
  expires_at: 1706025900000,
  party_id: null,
  requeued: false,
  is_long_wait: false,
  position: 3,
  estimated_wait_secs: 25,
  match: null,
  assignment: null,
  ended: null,
  result: null,
};

/** The same once it is played on a server. */
export const assignedTicket: TicketView = {
  ...waitingTicket,
  state: "matched",
  version: "1107",
  expires_at: null,
  position: null,
  estimated_wait_secs: null,
  match: {
    match_id: "match_abc123",
    mode: "Normal_1v1",
    state: "READY",
    deadline: 1706025665000,
    accepted: true,
    ready: 2,
    has_loaded: true,
    loaded: 2,
    total: 2,
    starts_at: 1706025665000,
    opponent: { address: "player_abc", rating: null, wins: 4, avg_wpm: 0 },
    region: "eu-west",
    map: null,
    wager: "0",
  },
  assignment: {
    lobby_id: "match_abc123",
    server_addr: "203.0.113.7:7777",
    match_ticket: "eyJhbGciOiJIUzI1NiIsInR5cCI6Im1hdGNoLXRpY2tldCtqd3QifQ.e30.c2lnbmF0dXJl",
    expires_at: 1706025720000,
  },
};

/** The same once it was taken back. */
export const cancelledTicket: TicketView = {
  ...waitingTicket,
  state: "ended",
  version: "1055",
  expires_at: null,
  position: null,
  estimated_wait_secs: null,
  ended: {
    reason: "cancelled",
    message: "You left the queue.",
    match_id: null,
    match_state: null,
    cooldown_secs: 0,
  },
};
