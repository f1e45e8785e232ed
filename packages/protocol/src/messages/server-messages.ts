import { authSuccess } from "./server/auth-success.ts";
import { error } from "./server/error.ts";
import { gameAck } from "./server/game-ack.ts";
import { gameOpponentProgress } from "./server/game-opponent-progress.ts";
import { gameResult } from "./server/game-result.ts";
import { gameStarted } from "./server/game-started.ts";
import { gameState } from "./server/game-state.ts";
import { matchAssigned } from "./server/match-assigned.ts";
import { matchCancelled } from "./server/match-cancelled.ts";
import { matchCountdown } from "./server/match-countdown.ts";
import { matchFound } from "./server/match-found.ts";
import { matchLoading } from "./server/match-loading.ts";
import { matchOpponentDisconnected } from "./server/match-opponent-disconnected.ts";
import { matchOpponentReconnected } from "./server/match-opponent-reconnected.ts";
import { matchReadyUpdate } from "./server/match-ready-update.ts";
import { matchSettled } from "./server/match-settled.ts";
import { ok } from "./server/ok.ts";
import { partyEnded } from "./server/party-ended.ts";
import { partyInvitation } from "./server/party-invitation.ts";
import { partyUpdate } from "./server/party-update.ts";
import { ping } from "./server/ping.ts";
import { queueEnded } from "./server/queue-ended.ts";
import { queueUpdate } from "./server/queue-update.ts";
import { roundUpdate } from "./server/round-update.ts";
import { serverDraining } from "./server/server-draining.ts";
import { sessionSync } from "./server/session-sync.ts";
import { systemAnnouncement } from "./server/system-announcement.ts";

/** Every message the server may send, in the order in which a player meets them. */
export const serverMessageDefinitions = [
  authSuccess,
  sessionSync,
  ok,
  error,
  ping,
  partyUpdate,
  partyInvitation,
  partyEnded,
  queueUpdate,
  queueEnded,
  roundUpdate,
  matchFound,
  matchReadyUpdate,
  matchLoading,
  matchAssigned,
  matchCountdown,
  matchCancelled,
  gameStarted,
  gameAck,
  gameOpponentProgress,
  matchOpponentDisconnected,
  matchOpponentReconnected,
  gameResult,
  matchSettled,
  gameState,
  systemAnnouncement,
  serverDraining,
] as const;
