import { matchPlayerOf, type PlayerId } from "@matchforge/core";
import type { TicketDesk } from "./ticket-desk.ts";
import type { TicketStory } from "./ticket-story.ts";

/**
 * Tells the shard that a found match has reached its player, once a request says so by naming a version that showed
 * it: who does not answer the ready check after that has no excuse.
 */
export function noteDelivery(
  { deps }: TicketDesk,
  { story, player, knownAt }: { story: TicketStory; player: PlayerId; knownAt: number },
): void {
  const match = story.match === null ? undefined : deps.state().matches.get(story.match);
  const own = match && matchPlayerOf(match, player);
  if (match?.phase.state !== "MATCHED" || own === undefined || own.notified || own.accepted) return;
  if (knownAt < story.matchedAt || deps.isDraining()) return;
  void deps.submit({ type: "match.notified", match: match.id, player });
}
