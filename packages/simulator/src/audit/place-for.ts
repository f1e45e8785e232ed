import { compareIds } from "@matchforge/core";
import type { Chronicle, KnownMatch, KnownServer } from "./chronicle.ts";

/**
 * Why another server had been better for a match, as an independent reader understands it: it fits, and is nearer to the
 * one who is farthest away, or as near and less loaded, or else of an earlier name. Null: there is none.
 */
export function betterThan(chosen: KnownServer, match: KnownMatch, chronicle: Chronicle): string | null {
  const why = unfit(chosen, match);
  if (why !== null) return `it ${why}`;
  // Where a mode has regions of its own, which of them are open depends on waits: that is not read a second time.
  if (match.mode.search.regions !== undefined) return null;
  const own = costOf(chosen, match, chronicle);
  for (const other of chronicle.servers.values()) {
    const isFree = !other.draining && other.matches.size < other.offer.capacity;
    if (other === chosen || other.allocator !== chosen.allocator || !isFree) continue;
    if (unfit(other, match) === null && isLess(costOf(other, match, chronicle), own))
      return `${other.id} is better`;
  }
  return null;
}

function unfit({ offer }: KnownServer, { mode }: KnownMatch): string | null {
  for (const [name, value] of Object.entries(mode.serverLabels ?? {}))
    if (offer.labels[name] !== value) return `is not ${name} ${value}`;
  const { regions } = mode.search;
  const isOutside = regions !== undefined && !regions.names.includes(offer.region ?? "");
  return isOutside ? `is in ${offer.region}` : null;
}

interface Cost {
  readonly farthestMs: number;
  readonly load: number;
  readonly id: KnownServer["id"];
}

function costOf({ id, offer, matches }: KnownServer, match: KnownMatch, chronicle: Chronicle): Cost {
  const ways = match.tickets.map((ticket) => {
    const latencies = chronicle.tickets.get(ticket)?.queued.wishes?.latencies ?? null;
    if (latencies === null) return 0;
    return latencies.find(({ region }) => region === offer.region)?.latencyMs ?? Number.POSITIVE_INFINITY;
  });
  return { farthestMs: Math.max(0, ...ways), load: matches.size / offer.capacity, id };
}

function isLess(left: Cost, right: Cost): boolean {
  if (left.farthestMs !== right.farthestMs) return left.farthestMs < right.farthestMs;
  if (left.load !== right.load) return left.load < right.load;
  return compareIds(left.id, right.id) < 0;
}
