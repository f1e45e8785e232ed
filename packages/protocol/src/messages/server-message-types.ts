import type { ServerMessageType } from "./message-types.ts";

const known: Readonly<Record<ServerMessageType, true>> = {
  "auth.success": true,
  "session.sync": true,
  ok: true,
  error: true,
  ping: true,
  "party.update": true,
  "party.invitation": true,
  "party.ended": true,
  "queue.update": true,
  "queue.ended": true,
  "round.update": true,
  "match.found": true,
  "match.ready_update": true,
  "match.loading": true,
  "match.assigned": true,
  "match.countdown": true,
  "match.cancelled": true,
  "game.started": true,
  "game.ack": true,
  "game.opponent_progress": true,
  "match.opponent_disconnected": true,
  "match.opponent_reconnected": true,
  "game.result": true,
  "match.settled": true,
  "game.state": true,
  "system.announcement": true,
  "server.draining": true,
};

/** True when this version of the protocol has a server message of this type. */
export function isServerMessageType(type: string): type is ServerMessageType {
  return Object.hasOwn(known, type);
}
