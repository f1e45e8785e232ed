import type { QueueEndReason } from "@matchforge/protocol";

/** What the player whose doing it was is told, or everybody where it was nobody's. */
const own: Record<QueueEndReason, string> = {
  cancelled: "You left the queue.",
  no_opponents: "Nobody to play against was found in time.",
  disconnected: "You were away for too long.",
  declined: "You declined the match.",
  ready_timeout: "You did not answer the ready check in time.",
  loading_timeout: "You did not load in time.",
  not_delivered: "The match could not be delivered to you.",
  absent: "You were away when the match was to start.",
  mode_removed: "The mode was taken out of the rules.",
  closed: "The match was closed.",
  party_changed: "Your party changed while it was waiting.",
  crew_changed: "Your crew changed while it was waiting.",
  territory_taken: "Another crew has taken the territory.",
};

/** What is told of somebody else in the party. */
const ofMate: Partial<Record<QueueEndReason, string>> = {
  cancelled: "Somebody in your party left the queue.",
  disconnected: "Somebody in your party was away for too long.",
  declined: "Somebody in your party declined the match.",
  ready_timeout: "Somebody in your party did not answer the ready check in time.",
  loading_timeout: "Somebody in your party did not load in time.",
  not_delivered: "The match could not be delivered to somebody in your party.",
  absent: "Somebody in your party was away when the match was to start.",
};

/** Why a ticket ended, for people; `isOwn`: it was this player's doing. */
export function queueEndMessage(reason: QueueEndReason, isOwn: boolean): string {
  return isOwn ? own[reason] : (ofMate[reason] ?? own[reason]);
}
