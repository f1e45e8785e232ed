import { auth } from "./client/auth.ts";
import { gameProgress } from "./client/game-progress.ts";
import { matchAbandon } from "./client/match-abandon.ts";
import { matchLoaded } from "./client/match-loaded.ts";
import { matchReady } from "./client/match-ready.ts";
import { matchTicket } from "./client/match-ticket.ts";
import { partyCreate } from "./client/party-create.ts";
import { partyDisband } from "./client/party-disband.ts";
import { partyInvite } from "./client/party-invite.ts";
import { partyJoin } from "./client/party-join.ts";
import { partyKick } from "./client/party-kick.ts";
import { partyLeave } from "./client/party-leave.ts";
import { partyPromote } from "./client/party-promote.ts";
import { partyReady } from "./client/party-ready.ts";
import { pong } from "./client/pong.ts";
import { queueEnter } from "./client/queue-enter.ts";
import { queueLeave } from "./client/queue-leave.ts";

/** Every message a client may send, in the order in which a player meets them. */
export const clientMessageDefinitions = [
  auth,
  partyCreate,
  partyInvite,
  partyJoin,
  partyReady,
  partyPromote,
  partyKick,
  partyLeave,
  partyDisband,
  queueEnter,
  queueLeave,
  matchReady,
  matchAbandon,
  matchLoaded,
  matchTicket,
  gameProgress,
  pong,
] as const;
