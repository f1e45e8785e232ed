import { auth } from "./client/auth.ts";
import { gameProgress } from "./client/game-progress.ts";
import { matchAbandon } from "./client/match-abandon.ts";
import { matchLoaded } from "./client/match-loaded.ts";
import { matchReady } from "./client/match-ready.ts";
import { pong } from "./client/pong.ts";
import { queueEnter } from "./client/queue-enter.ts";
import { queueLeave } from "./client/queue-leave.ts";

/** Every message a client may send, in the order in which a player meets them. */
export const clientMessageDefinitions = [
  auth,
  queueEnter,
  queueLeave,
  matchReady,
  matchAbandon,
  matchLoaded,
  gameProgress,
  pong,
] as const;
