import type { KernelEvent, MatchAllocated, MatchAllocating } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";
import type { Chronicle, KnownMatch, KnownServer } from "./chronicle.ts";
import { betterThan } from "./place-for.ts";

const allocationsPerMatch = 2;

/**
 * A match asks for a server when all have loaded, has one at a time and two at most in all; it gets the best there is,
 * which plays at most its capacity and takes nothing while it drains, and frees the place when it is decided or called off.
 */
export function checkPlaces(violate: Violate): Check {
  return {
    event(event, moment) {
      switch (event.type) {
        case "match.loaded":
          return judgeLoaded(event, moment, violate);
        case "match.allocating":
          return judgeRequest(event, moment, violate);
        case "match.allocated":
          return judgePlace(event, moment, violate);
        case "match.ready":
          return judgeReady(event, moment, violate);
      }
    },
    end({ events, state, chronicle }) {
      for (const event of events) {
        if (concerns(event)) judgePlaces(chronicle, event.server, violate);
        if (!("match" in event) || !moves.has(event.type) || event.match === null) continue;
        const known = chronicle.matches.get(event.match)?.allocation?.server ?? null;
        const actual = state.matches.get(event.match)?.allocation?.server ?? null;
        if (known !== actual) violate(`10: ${event.match} is on ${actual}, not on ${known}`);
      }
    },
  };
}

/** After these a match is on another server than before, or on none. */
const moves: ReadonlySet<KernelEvent["type"]> = new Set([
  "match.allocated",
  "match.server_lost",
  "match.resolved",
  "match.cancelled",
  "match.voided",
]);

/** A server that was lent goes back when nobody plays on it any more. */
export function judgeGivenBack(key: string, chronicle: Chronicle, violate: Violate): void {
  for (const server of chronicle.servers.values())
    if (server.isLent && server.instance === key && server.matches.size > 0)
      violate(`10: ${server.id} goes back while ${[...server.matches].join()} is played on it`);
}

type OfServer = Extract<KernelEvent, { type: "server.changed" | "match.allocated" }>;

function concerns(event: KernelEvent): event is OfServer {
  return event.type === "server.changed" || event.type === "match.allocated";
}

function judgeLoaded(
  { match: id, player, loaded, total }: Extract<KernelEvent, { type: "match.loaded" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match === undefined) return;
  if (match.loaded.has(player)) violate(`10: ${player} has loaded ${id} twice`);
  const known = match.loaded.size + 1;
  if (loaded !== known || total !== match.entrants.size)
    violate(`10: ${id} counts ${loaded} of ${total}, not ${known} of ${match.entrants.size}`);
}

function judgeRequest(
  { match: id, attempt, effect }: MatchAllocating,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match === undefined) return;
  const { allocation, mode, loaded, entrants } = match;
  if (!mode.requires.includes("server")) violate(`10: ${id} asks for a server and needs none`);
  if (allocation !== null && (allocation.isPending || allocation.server !== null))
    violate(`10: ${id} asks for a second server`);
  if (attempt !== (allocation?.attempt ?? 0) + 1 || attempt > allocationsPerMatch)
    violate(`10: ${id} asks for its server number ${attempt}`);
  if (effect.key !== `allocate:${id}:${attempt}`) violate(`10: ${id} asks under ${effect.key}`);
  if (mode.requires.includes("loading") && loaded.size < entrants.size)
    violate(`10: ${id} asks for a server before ${entrants.size - loaded.size} have loaded`);
}

function judgePlace(event: MatchAllocated, { chronicle }: Moment, violate: Violate): void {
  const { match: id, server: place, attempt, allocator, isLent, key } = event;
  const match = chronicle.matches.get(id);
  const { allocation } = match ?? {};
  if (match === undefined || allocation?.isPending !== true || allocation.attempt !== attempt)
    return violate(`10: ${id} gets ${place}, which it does not wait for`);
  if (key !== `allocate:${id}:${attempt}`) violate(`10: ${id} gets ${place} under ${key}`);
  if (isLent) {
    if (chronicle.servers.has(place)) violate(`10: ${place} is lent a second time`);
    return;
  }
  const server = chronicle.servers.get(place);
  if (server === undefined) return violate(`10: ${id} gets ${place}, which there is not`);
  if (server.isLent || server.allocator !== allocator)
    violate(`10: ${id} gets ${place}, which ${allocator} has not`);
  if (server.matches.size >= server.offer.capacity)
    violate(`10: ${place} plays ${server.matches.size} matches and takes ${id}`);
  if (server.draining) violate(`10: ${place} takes ${id} although it drains`);
  const better = betterThan(server, match, chronicle);
  if (better !== null) violate(`10: ${id} gets ${place} although ${better}`);
}

/** Nobody goes on before what they wait for is there. */
function judgeReady(
  { match: id }: Extract<KernelEvent, { type: "match.ready" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match === undefined) return;
  if (chronicle.level >= 3 && lacksServer(match)) violate(`10: ${id} is ready without a server`);
  if (
    chronicle.level >= 3 &&
    match.mode.requires.includes("loading") &&
    match.loaded.size < match.entrants.size
  )
    violate(`10: ${id} is ready before all have loaded`);
}

function lacksServer({ mode, allocation }: KnownMatch): boolean {
  return mode.requires.includes("server") && (allocation === null || allocation.server === null);
}

/** A change of what it offers may leave a server with more than it takes; a match that is put there may not. */
function judgePlaces(chronicle: Chronicle, id: KnownServer["id"], violate: Violate): void {
  const server = chronicle.servers.get(id);
  if (server?.isLent && server.matches.size !== 1)
    violate(`10: ${id} was lent for ${server.matches.size} matches`);
}
