import type { PlayerId } from "@matchforge/core";
import type { FastifyReply } from "fastify";
import type { TicketDesk } from "./ticket-desk.ts";
import type { TicketStory } from "./ticket-story.ts";
import type { KnownVersion } from "./ticket-version.ts";
import type { Watcher } from "./ticket-watchers.ts";

/** Why somebody waits no longer; `full`: the node holds as many as it can, and this one did not wait at all. */
export type WaitEnd = "news" | "over" | "displaced" | "draining" | "gone" | "full";

/**
 * Waits until there is news for somebody who knows a version: something happened after it, or the place and estimate
 * of a waiting ticket are others. What moves by itself is looked at once a second.
 */
export function awaitNews(
  desk: TicketDesk,
  wanted: {
    readonly story: TicketStory;
    readonly player: PlayerId;
    readonly known: KnownVersion;
    readonly waitMs: number;
    readonly reply: FastifyReply;
  },
): Promise<WaitEnd> {
  const { story, player, known, waitMs, reply } = wanted;
  if (hasHappened(story, known)) return Promise.resolve("news");
  return new Promise((resolve) => {
    const watcher: Watcher = {
      ticket: story.ticket,
      player,
      hear: (what) => {
        if (what === "displaced" || what === "draining") return end(what);
        const isNews = what === "changed" ? hasHappened(story, known) : haveMoved(desk, story, known);
        if (isNews) end("news");
      },
    };
    const cancel = desk.clock.after(waitMs, () => end("over"));
    const leave = () => end("gone");
    const end = (reason: WaitEnd) => {
      cancel();
      reply.raw.off("close", leave);
      desk.watchers.remove(watcher);
      resolve(reason);
    };
    reply.raw.once("close", leave);
    if (!desk.watchers.add(watcher)) end("full");
  });
}

/** Whether something happened to a ticket that somebody does not know of. How it ended is always told. */
export function hasHappened(story: TicketStory, known: KnownVersion): boolean {
  return story.end !== null || story.at > known.at;
}

/** Whether place and estimate are others than somebody knows; a replica that is behind what they know cannot tell. */
function haveMoved(desk: TicketDesk, story: TicketStory, known: KnownVersion): boolean {
  const figures = desk.figuresOf(story);
  return figures !== null && figures !== known.figures && desk.position >= known.at;
}
