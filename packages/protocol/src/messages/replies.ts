import type { Replies } from "./message-types.ts";

/**
 * The one reply to each client message's success. It repeats what the definitions say, so that a browser
 * needs no schema to know it; the compiler and a test hold the two together.
 *
 * @example
 * replies["queue.enter"]; // "queue.update"
 */
export const replies: Replies = {
  auth: "auth.success",
  "party.create": "party.update",
  "party.invite": "party.update",
  "party.join": "party.update",
  "party.ready": "party.update",
  "party.promote": "party.update",
  "party.kick": "party.update",
  "party.leave": "ok",
  "party.disband": "ok",
  "queue.enter": "queue.update",
  "queue.leave": "ok",
  "match.ready": "ok",
  "match.abandon": "ok",
  "match.loaded": "ok",
  "match.ticket": "match.assigned",
  "game.progress": "game.ack",
  pong: null,
};
