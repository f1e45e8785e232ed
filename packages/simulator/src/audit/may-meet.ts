import type { ModeRules, PlayerId } from "@matchforge/core";
import type { KnownTicket } from "./chronicle.ts";

type Search = ModeRules["search"];

/** Whom a player met, and when. */
export type Met = (player: PlayerId) => readonly { readonly opponent: PlayerId; readonly at: number }[];

interface Meeting {
  readonly pool: string;
  readonly mode: ModeRules;
  readonly time: number;
  readonly met: Met;
}

/**
 * Why two tickets may not meet, by the rules as they are written down, read here a second time: both windows hold the gap,
 * both wishes the other's rating, nobody is blocked, and they have not met just before. Null when they may.
 */
export function refusalOf(left: KnownTicket, right: KnownTicket, meeting: Meeting): string | null {
  const gap = Math.abs(ratingIn(left, meeting.pool) - ratingIn(right, meeting.pool));
  for (const [own, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const { search } = meeting.mode;
    const waitedMs = meeting.time - own.queuedAt;
    if (gap > windowAfter(waitedMs, search, own.queued.wishes.expandSearch))
      return `a gap of ${gap} is too wide for ${own.queued.ticket}`;
    if (!likes(own, other, meeting)) return `${own.queued.ticket} wants other ratings`;
    if (other.queued.players.some((player) => own.queued.wishes.blocked.includes(player)))
      return `${own.queued.ticket} has blocked the other`;
    if (metBefore(own, other, meeting)) return `${own.queued.ticket} has just met the other`;
  }
  const sizes = [left.queued.players.length, right.queued.players.length];
  const { sideDifferenceMax = Number.POSITIVE_INFINITY } = meeting.mode.search;
  return Math.abs(sizes[0] - sizes[1]) > sideDifferenceMax ? "the sides differ too much" : null;
}

/** How far a ticket looks after a wait. */
function windowAfter(waitedMs: number, { widening }: Search, expands: boolean): number {
  if (widening.kind === "linear")
    return Math.min(widening.max, widening.gap + (widening.perSecond * Math.max(0, waitedMs)) / 1_000);
  const reached = widening.steps.filter(
    ({ afterMs, gap }) =>
      afterMs <= Math.max(0, waitedMs) && (expands || afterMs === 0 || gap !== Number.POSITIVE_INFINITY),
  );
  return reached.at(-1)?.gap ?? 0;
}

/** When a search ends to mind ratings and rematches; null: never. */
export function lastStepMs({ widening }: Search): number | null {
  const lastMs =
    widening.kind === "steps"
      ? (widening.steps.at(-1)?.afterMs ?? 0)
      : ((widening.max - widening.gap) / widening.perSecond) * 1_000;
  return lastMs > 0 ? lastMs : null;
}

function looksAnywhere(own: KnownTicket, { mode, time }: Meeting): boolean {
  const lastMs = lastStepMs(mode.search);
  return own.queued.wishes.expandSearch && lastMs !== null && time - own.queuedAt >= lastMs;
}

function likes(own: KnownTicket, other: KnownTicket, meeting: Meeting): boolean {
  const { opponentMin, opponentMax } = own.queued.wishes;
  const rating = ratingIn(other, meeting.pool);
  const isLiked = (opponentMin ?? rating) <= rating && rating <= (opponentMax ?? rating);
  return isLiked || looksAnywhere(own, meeting);
}

/** Only of players alone: what a party has met is its members' together, in an order of their own. */
function metBefore(own: KnownTicket, other: KnownTicket, meeting: Meeting): boolean {
  const { avoidRematch } = meeting.mode.search;
  if (avoidRematch === null || own.queued.players.length > 1 || looksAnywhere(own, meeting)) return false;
  const met = meeting.met(own.queued.players[0]);
  const matches = [...new Set(met.map(({ at }) => at))].sort((a, b) => b - a).slice(0, avoidRematch.last);
  return met.some(
    ({ opponent, at }) =>
      matches.includes(at) &&
      meeting.time - at < avoidRematch.forMs &&
      other.queued.players.includes(opponent),
  );
}

function ratingIn({ queued }: KnownTicket, pool: string): number {
  return queued.standings.find((standing) => standing.pool === pool)?.rating ?? Number.NaN;
}
