import type { TicketId } from "@matchforge/core";
import type { Check, Violate } from "./check.ts";
import type { Chronicle, KnownTicket } from "./chronicle.ts";
import { lastStepMs, refusalOf } from "./may-meet.ts";

/** Faults may keep a leader from matching for a while; no chain of them for this long. */
const matchedWithinMs = 45_000;
const everyEntries = 50;

/**
 * Nobody who can be matched waits for ever: in a queue for two, two tickets that have waited past the last step of their
 * search and accept each other are matched soon.
 */
export function checkWaits(violate: Violate): Check {
  const told = new Set<TicketId>();
  return {
    end({ entry, chronicle }) {
      if (entry.position % everyEntries !== 0) return;
      const pools = new Map<string, KnownTicket[]>();
      for (const ticket of chronicle.tickets.values()) {
        if (ticket.place !== "waiting") continue;
        for (const { pool, mode, eligibleAt } of ticket.queued.standings) {
          if (!isOverdue(ticket, { mode, eligibleAt, chronicle })) continue;
          pools.set(pool, [...(pools.get(pool) ?? []), ticket]);
        }
      }
      for (const [pool, [first, ...others]] of pools) {
        const mode = chronicle.mode(
          chronicle.rulesVersion,
          first.queued.standings.find((one) => one.pool === pool)?.mode ?? "",
        );
        const { time } = chronicle;
        const partner =
          mode &&
          others.find((other) => refusalOf(first, other, { pool, mode, time, met: () => [] }) === null);
        if (partner === undefined || told.has(first.queued.ticket)) continue;
        told.add(first.queued.ticket);
        violate(`8: ${first.queued.ticket} and ${partner.queued.ticket} wait in ${pool} for nothing`);
      }
    },
  };
}

/** A ticket whose search is at its end for so long, with everybody there and room for another match. */
function isOverdue(
  { queued, queuedAt, waitsSince }: KnownTicket,
  { mode: id, eligibleAt, chronicle }: { mode: string; eligibleAt: number; chronicle: Chronicle },
): boolean {
  const mode = chronicle.mode(chronicle.rulesVersion, id);
  const lastMs = mode && lastStepMs(mode.search);
  const isPair = mode?.teams.every((size) => size === 1) && mode.round === null;
  if (mode === undefined || lastMs == null || !isPair || mode.maxLiveMatches < 100) return false;
  const since = [queuedAt + lastMs, eligibleAt, waitsSince, chronicle.rulesSince];
  for (const player of queued.players) {
    if (!chronicle.isPresent(player)) return false;
    since.push(chronicle.players.get(player)?.backAt ?? 0);
  }
  return queued.wishes.expandSearch && chronicle.time - Math.max(...since) > matchedWithinMs;
}
