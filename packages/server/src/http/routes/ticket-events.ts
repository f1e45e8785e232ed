import { lastEventId, ticketEvents } from "@matchforge/protocol/schemas";
import { requestParser } from "@matchforge/protocol/validate";
import type { FastifyRequest } from "fastify";
import type { Refusal } from "../problems.ts";
import { type Served, served } from "../serve-routes.ts";
import { noteDelivery } from "../tickets/note-delivery.ts";
import { playerAsking } from "../tickets/player-asking.ts";
import type { TicketDesk } from "../tickets/ticket-desk.ts";
import { TicketStream } from "../tickets/ticket-stream.ts";
import { type KnownVersion, readVersion } from "../tickets/ticket-version.ts";
import { draining, noTicket, tooManyWait } from "./tickets.ts";

const parseHeaders = requestParser(lastEventId.schema);
const nothing: KnownVersion = { at: -1, figures: null };

/** A ticket as a stream of Server-Sent Events. */
export function ticketEventRoutes(desk: TicketDesk): readonly Served[] {
  return [
    served(ticketEvents, async (asked) => {
      const { params, request, reply } = asked;
      const identity = playerAsking(asked);
      const { player } = identity;
      const last = lastEventOf(request);
      if ("refusal" in last) return last;
      const found = await desk.find(params.id, player, last.known.at);
      if (found === undefined) return { refusal: noTicket };
      const version = found.story === null ? found.view.version : `${found.story.at}`;
      const isOver = found.story === null || found.story.end !== null;
      if (isOver && version === last.text) return void reply.code(204).send();
      void reply.type("text/event-stream; charset=utf-8").header("x-accel-buffering", "no");
      if (found.story === null)
        return void reply.send(`event: update\nid: ${version}\ndata: ${JSON.stringify(found.view)}\n\n`);
      if (request.method === "HEAD") return void reply.send();
      if (desk.deps.isDraining()) return { refusal: draining };
      const { story } = found;
      noteDelivery(desk, { story, player, knownAt: last.known.at });
      const stream = new TicketStream(desk, { story, identity, known: last.known });
      if (!desk.watchers.add(stream)) return { refusal: tooManyWait };
      const leave = desk.presence.begin(identity);
      stream.start(() => {
        desk.watchers.remove(stream);
        leave();
      });
      void reply.send(stream.body);
    }),
  ];
}

/** The last event a client knows of; nothing for one that knows none. */
function lastEventOf({
  headers,
}: FastifyRequest): { readonly known: KnownVersion; readonly text: string } | { readonly refusal: Refusal } {
  const given = headers["last-event-id"];
  const parsed = parseHeaders(given === undefined ? {} : { "last-event-id": given });
  if (!parsed.ok) return { refusal: { code: parsed.code, detail: parsed.detail } };
  const { "last-event-id": text } = parsed.sent;
  return text === undefined ? { known: nothing, text: "" } : { known: readVersion(text), text };
}
