import type { KernelEvent, MatchAllocated, MatchId, PlayerId } from "@matchforge/core";
import type { Chronicle, KnownMatch } from "./chronicle.ts";

/** Notes what an event says of game servers, of loading, and of what is played elsewhere. */
export function recordServer(chronicle: Chronicle, event: KernelEvent): void {
  switch (event.type) {
    case "server.up": {
      const { server: id, allocator, instance, epoch, offer, isHeard } = event;
      const heardAt = isHeard ? chronicle.time : null;
      const fresh = { isLent: false, draining: false, heardAt, matches: new Set<MatchId>() };
      chronicle.servers.set(id, { id, allocator, instance, epoch, offer, ...fresh });
      return;
    }
    case "server.changed": {
      const server = chronicle.servers.get(event.server);
      if (server === undefined) return;
      server.offer = event.offer;
      server.draining = event.draining;
      if (server.heardAt !== null) server.heardAt = chronicle.time;
      return;
    }
    case "server.heard":
      for (const id of event.servers) {
        const server = chronicle.servers.get(id);
        if (server !== undefined) server.heardAt = chronicle.time;
      }
      return;
    case "server.lost":
      chronicle.servers.delete(event.server);
      return;
    default: {
      const match = "match" in event && event.match !== null ? chronicle.matches.get(event.match) : undefined;
      if (match !== undefined) recordServed(chronicle, match, event);
    }
  }
}

function recordServed(chronicle: Chronicle, match: KnownMatch, event: KernelEvent): void {
  switch (event.type) {
    case "match.loaded":
      match.loaded.add(event.player);
      if (match.loaded.size === match.entrants.size) itemDone(match, "loading");
      return;
    case "match.allocating": {
      const { attempt, deadline } = event;
      match.allocation = { attempt, askedAt: chronicle.time, isPending: true, server: null };
      if (match.phase === "READY") match.deadline = deadline;
      else itemDue(match, "server", deadline);
      return;
    }
    case "match.allocated":
      return allocated(chronicle, match, event);
    case "match.unallocated":
      if (match.allocation !== null) match.allocation.isPending = false;
      return;
    case "match.server_lost":
      if (match.allocation !== null) match.allocation.server = null;
      match.passes.clear();
      return;
    case "match.admitted":
      return issue(match, event.player, event);
    case "match.redeemed": {
      const pass = match.passes.get(event.player);
      if (pass !== undefined) pass.isRedeemed = true;
      return;
    }
    case "match.stood":
      match.standing = event.ranks;
      return;
    case "match.claimed":
      match.claims.set(event.player, event.ranks);
      return;
    case "match.resolved":
    case "match.cancelled":
    case "match.voided":
      return vacate(chronicle, match);
  }
}

function allocated(chronicle: Chronicle, match: KnownMatch, event: MatchAllocated): void {
  const { server: id, allocator, key: instance, address, region, isLent, until } = event;
  if (match.allocation === null) return;
  match.allocation.isPending = false;
  match.allocation.server = id;
  if (isLent) {
    const offer = { address, region, capacity: 1, labels: {} };
    const fresh = { isLent, draining: false, heardAt: null, matches: new Set<MatchId>() };
    chronicle.servers.set(id, { id, allocator, instance, epoch: chronicle.position, offer, ...fresh });
  }
  chronicle.servers.get(id)?.matches.add(match.id);
  for (const player of match.entrants.keys()) issue(match, player, { serial: chronicle.position, until });
  if (match.phase === "PREPARING") itemDone(match, "server");
}

function issue(
  match: KnownMatch,
  player: PlayerId,
  { serial, until }: { readonly serial: number; readonly until: number },
): void {
  match.passes.set(player, { serial, until, isRedeemed: false });
}

/** Its place is free, and what was lent for it goes back. */
function vacate(chronicle: Chronicle, match: KnownMatch): void {
  const server = chronicle.servers.get(match.allocation?.server ?? "server_");
  server?.matches.delete(match.id);
  if (server?.isLent) chronicle.servers.delete(server.id);
  match.allocation = null;
}

type Item = "escrow" | "loading" | "server";

/** Something that a match waited for is there. */
export function itemDone(match: KnownMatch, item: Item): void {
  match.due.delete(item);
  first(match);
}

function itemDue(match: KnownMatch, item: Item, at: number): void {
  match.due.set(item, at);
  first(match);
}

/** What is due first decides when the match is looked at. */
function first(match: KnownMatch): void {
  if (match.due.size > 0) match.deadline = Math.min(...match.due.values());
}
