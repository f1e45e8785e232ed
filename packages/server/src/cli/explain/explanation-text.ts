import type { BlockReason, Explanation, FormedMatch } from "@matchforge/core";
import { costSecsOf } from "@matchforge/core";
import type { PoolWait, TicketWait } from "./explain-ticket.ts";

/** Why a ticket waits, for programs. Times in ms of shard time. */
export function explanationAnswer({ ticket, position, at, asIfConnected, pools }: TicketWait) {
  return {
    ticket: ticket.id,
    players: ticket.playerIds,
    is_away: isAway(ticket),
    as_if_connected: asIfConnected,
    position,
    at,
    pools: pools.map(({ pool, standing, window, waitedMs, explanation, estimate, wouldMatch }) => ({
      pool,
      rating: standing.rating,
      // JSON has no Infinity.
      window: Number.isFinite(window) ? window : null,
      waited_ms: waitedMs,
      candidates: explanation.candidates,
      matchable: explanation.matchable,
      blocked: explanation.blocked,
      nearest: explanation.nearest && {
        rating_gap: explanation.nearest.ratingGap,
        reached_in_ms: explanation.nearest.reachedAt === null ? null : explanation.nearest.reachedAt - at,
      },
      estimate: estimate && {
        median_ms: estimate.medianMs,
        long_ms: estimate.longMs,
        samples: estimate.samples,
      },
      would_match: wouldMatch && {
        teams: ticketsOf(wouldMatch),
        rating_gap: wouldMatch.ratingGap,
        cost_secs: costSecsOf(wouldMatch.costs),
      },
    })),
  };
}

/** The same in words. */
export function explanationText(wait: TicketWait): string {
  const { ticket, position, pools, asIfConnected } = wait;
  const away = isAway(ticket) && !asIfConnected ? ", away" : "";
  const head = `${ticket.id} of ${ticket.playerIds.join(", ")}${away}, as of position ${position}`;
  const note = "The server has stopped: told as if everybody were still connected.";
  return [head, ...(asIfConnected ? [note] : []), ...pools.flatMap((pool) => poolLines(pool, wait.at))].join(
    "\n",
  );
}

function poolLines({ pool, standing, ...told }: PoolWait, at: number): string[] {
  const { explanation, estimate } = told;
  const window = Number.isFinite(told.window) ? `${Math.round(told.window)} points` : "any gap";
  const estimated =
    estimate === null
      ? "too little is known"
      : `half within ${secs(estimate.medianMs)}, nine in ten within ${secs(estimate.longMs)}, of ${estimate.samples} waits`;
  return [
    `${pool}: rating ${standing.rating}, waiting ${secs(told.waitedMs)}, window ${window}`,
    line("candidates", `${explanation.candidates}, ${explanation.matchable} of them matchable`),
    line("kept away", blockedText(explanation.blocked)),
    line("nearest", nearestText(explanation, at)),
    line("estimate", estimated),
    line("now", matchText(told.wouldMatch)),
  ];
}

function line(name: string, text: string): string {
  return `  ${name.padEnd(12)}${text}`;
}

function blockedText(blocked: Readonly<Record<BlockReason, number>>): string {
  const some = Object.entries(blocked).filter(([, count]) => count > 0);
  some.sort(([, one], [, other]) => other - one);
  return some.length === 0 ? "nobody" : some.map(([reason, count]) => `${count} ${reason}`).join(", ");
}

function nearestText({ nearest }: Explanation, at: number): string {
  if (nearest === null) return "nobody is kept away by windows alone";
  const { ratingGap, reachedAt } = nearest;
  const when = reachedAt === null ? "never reached" : `reached in ${secs(reachedAt - at)}`;
  return `${ratingGap} points away, ${when}`;
}

function matchText(formed: FormedMatch | null | undefined): string {
  if (formed === undefined) return "its matcher is the game's own, and is not asked here";
  if (formed === null) return "a wave would not match it";
  const teams = ticketsOf(formed).map((team) => team.join(", "));
  return `a wave would make ${teams.join(" v ")}: ${formed.ratingGap} points apart, costs ${costSecsOf(formed.costs)} s`;
}

function ticketsOf({ teams }: FormedMatch): string[][] {
  return teams.map((team) => team.map(({ ticketId }) => ticketId));
}

function isAway({ absentUntil }: TicketWait["ticket"]): boolean {
  return absentUntil !== Number.POSITIVE_INFINITY;
}

function secs(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
