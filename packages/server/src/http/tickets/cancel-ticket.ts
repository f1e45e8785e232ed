import type { PlayerId, RequestOrigin } from "@matchforge/core";
import { carryOut } from "../carry-out.ts";
import type { Refusal } from "../problems.ts";
import type { TicketDesk } from "./ticket-desk.ts";
import type { TicketStory } from "./ticket-story.ts";

/** Takes a ticket back; null once it does not wait, for whatever reason but a match. */
export async function cancelTicket(
  desk: TicketDesk,
  { story, player, origin }: { story: TicketStory; player: PlayerId; origin: RequestOrigin | undefined },
): Promise<Refusal | null> {
  if (story.end !== null) return playedRefusal(story);
  const { ticket } = story;
  const carried = await carryOut(desk.deps, {
    type: "ticket.cancel",
    player,
    ticket,
    ...(origin !== undefined && { origin }),
  });
  // Whoever came first, a mate, the end of the time or a match: the ticket's story tells.
  if (story.end !== null) return playedRefusal(story);
  if (carried.ok) return null;
  const { refusal } = carried;
  return refusal.code === "INVALID_STATE" ? matchedRefusal(desk, story) : refusal;
}

function playedRefusal({ end }: TicketStory): Refusal | null {
  if (end === null || (end.reason !== "played" && end.reason !== "voided")) return null;
  return matchRefusal(end.match?.id, end.match?.state);
}

function matchedRefusal({ deps }: TicketDesk, { match }: TicketStory): Refusal {
  const state = match === null ? undefined : deps.state().matches.get(match)?.phase.state;
  return matchRefusal(match ?? undefined, state);
}

function matchRefusal(match = "its match", state = "over"): Refusal {
  return { code: "INVALID_STATE", detail: `A match was found for the ticket: ${match} is ${state}.` };
}
