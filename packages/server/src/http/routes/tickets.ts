import { ticketCancel, ticketCreate, ticketView } from "@matchforge/protocol/schemas";
import type { FastifyReply } from "fastify";
import type { PlayerIdentity } from "../../auth/tokens.ts";
import { keyedRequest } from "../idempotency-key.ts";
import type { Refusal } from "../problems.ts";
import { type Answered, type Served, served } from "../serve-routes.ts";
import { awaitNews } from "../tickets/await-news.ts";
import { cancelTicket } from "../tickets/cancel-ticket.ts";
import { makeTicket } from "../tickets/make-ticket.ts";
import { noteDelivery } from "../tickets/note-delivery.ts";
import { playerAsking } from "../tickets/player-asking.ts";
import type { TicketDesk } from "../tickets/ticket-desk.ts";
import type { TicketStory } from "../tickets/ticket-story.ts";
import { type KnownVersion, readVersion } from "../tickets/ticket-version.ts";

const retryMs = 1_000;
/** What a node on its way out says: another one goes on. */
export const draining: Refusal = { code: "DRAINING", retryAfterMs: retryMs };
const unstored: Refusal = { code: "STORE_UNAVAILABLE", retryAfterMs: retryMs };
export const noTicket: Refusal = { code: "TICKET_NOT_FOUND" };
/** What a node says that holds as many who wait as it can. */
export const tooManyWait: Refusal = { code: "POOL_FULL", retryAfterMs: retryMs };

/** Queueing without a socket: making a ticket, asking for it, taking it back. */
export function ticketRoutes(desk: TicketDesk): readonly Served[] {
  return [
    served(ticketCreate, async (asked) => {
      const { body, request, reply } = asked;
      const keyed = keyedRequest(request, { key: "required", type: "ticket", data: body });
      if (!keyed.ok) return keyed;
      return whilePresent(desk, playerAsking(asked), async ({ player }) => {
        const { origin } = keyed;
        if (origin === undefined) throw new Error("a required key was not asked for");
        const made = await makeTicket(desk, { player, origin, body });
        if (!made.ok) return made;
        const answer = await desk.viewOf(made.story, player);
        if (!made.isRepeat) return { answer };
        return void reply.code(200).send(answer);
      });
    }),
    served(ticketView, async (asked) => {
      const { params, query, reply } = asked;
      const identity = playerAsking(asked);
      const known = query.since === undefined ? null : readVersion(query.since);
      const found = await desk.find(params.id, identity.player, known?.at ?? 0);
      if (found === undefined) return { refusal: noTicket };
      if (found.story === null) return { answer: found.view };
      const { story } = found;
      return whileHere(desk, { story, identity }, async () => {
        const waitMs = Number(query.wait ?? "0") * 1_000;
        return news(desk, { story, identity, known, waitMs, reply });
      });
    }),
    served(ticketCancel, async (asked) => {
      const { params, request } = asked;
      const { player } = playerAsking(asked);
      const keyed = keyedRequest(request, { key: "optional", type: "ticket.cancel", data: params });
      if (!keyed.ok) return keyed;
      const found = await desk.find(params.id, player, 0);
      if (found === undefined) return { refusal: noTicket };
      if (found.story === null)
        return { refusal: { code: "INVALID_STATE", detail: "The match was played." } };
      const { story } = found;
      const refusal = await cancelTicket(desk, { story, player, origin: keyed.origin });
      return refusal === null ? { answer: await desk.viewOf(story, player) } : { refusal };
    }),
  ];
}

/** Does something for a player who must be present, and is from here on. */
export async function whilePresent(
  desk: TicketDesk,
  identity: PlayerIdentity,
  act: (identity: PlayerIdentity) => Promise<Answered>,
): Promise<Answered> {
  if (desk.deps.isDraining()) return { refusal: draining };
  const end = desk.presence.begin(identity);
  try {
    return (await desk.presence.present(identity)) ? await act(identity) : { refusal: unstored };
  } finally {
    end();
  }
}

/** Does something for a player who is here as long as it takes; of a ticket that has ended nobody need be. */
async function whileHere(
  desk: TicketDesk,
  { story, identity }: { story: TicketStory; identity: PlayerIdentity },
  act: () => Promise<Answered>,
): Promise<Answered> {
  if (story.end !== null) return act();
  if (desk.deps.isDraining()) return { refusal: draining };
  const end = desk.presence.begin(identity);
  try {
    return await act();
  } finally {
    end();
  }
}

async function news(
  desk: TicketDesk,
  wanted: {
    readonly story: TicketStory;
    readonly identity: PlayerIdentity;
    readonly known: KnownVersion | null;
    readonly waitMs: number;
    readonly reply: FastifyReply;
  },
): Promise<Answered> {
  const { story, known, waitMs, reply } = wanted;
  const { player } = wanted.identity;
  if (known !== null) noteDelivery(desk, { story, player, knownAt: known.at });
  if (waitMs > 0) {
    const from = known ?? { at: story.at, figures: desk.figuresOf(story) };
    const end = await awaitNews(desk, { story, player, known: from, waitMs, reply });
    if (end === "full") return { refusal: tooManyWait };
    if (end === "draining") return { refusal: draining };
    if (end === "gone") return undefined;
  }
  return { answer: await desk.viewOf(story, player) };
}
