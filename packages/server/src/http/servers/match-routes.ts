import { type Match, type MatchId, matchPlayerOf } from "@matchforge/core";
import { serverRoutes } from "@matchforge/protocol/schemas";
import type { MatchCredentialClaims } from "../../auth/match-passes.ts";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import type { Refusal } from "../problems.ts";
import { type Served, served } from "../serve-routes.ts";
import { submitted } from "../submitted.ts";
import type { Heartbeats } from "./heartbeats.ts";
import { reportedResult } from "./reported-result.ts";
import { ResultBook } from "./result-book.ts";
import { rosterOf } from "./server-views.ts";

/** What the server of a match may do for it, by the match's credential and for no other match. */
export function servedMatchRoutes(deps: HttpDeps, heartbeats: Heartbeats): Served[] {
  const { matchRoster, matchRedeem, matchResult, matchHeartbeat } = serverRoutes;
  const book = new ResultBook(deps);
  return [
    served(matchRoster, ({ actor, params }) => {
      const match = matchOf(deps, actor, params.id);
      return "refusal" in match ? match : { answer: rosterOf(match) };
    }),
    served(matchRedeem, ({ actor, params, body }) => redeem(deps, actor, { id: params.id, ...body })),
    served(matchResult, ({ actor, params, body }) => {
      if (actor.role === "match" && actor.match !== params.id) return otherMatch(actor);
      return reportedResult(deps, book, { actor, match: params.id as MatchId, teams: body.teams });
    }),
    standingRoute(deps),
    served(matchHeartbeat, ({ actor, params }) => {
      const match = matchOf(deps, actor, params.id);
      if ("refusal" in match) return match;
      const server = deps.state().servers.get(match.allocation?.server ?? "server_");
      // A registered server plays other matches as well, and says itself that it lives.
      if (server?.isLent) heartbeats.hear(server.id, server.epoch);
      return { answer: undefined };
    }),
  ];
}

function standingRoute(deps: HttpDeps): Served {
  const toldAt = new Map<MatchId, number>();
  return served(serverRoutes.matchStanding, async ({ actor, params, body }) => {
    const match = matchOf(deps, actor, params.id);
    if ("refusal" in match) return match;
    const now = deps.clock.now();
    const waitMs = (toldAt.get(match.id) ?? Number.NEGATIVE_INFINITY) + httpLimits.standingEveryMs - now;
    if (waitMs > 0) return { refusal: { code: "RATE_LIMITED", retryAfterMs: waitMs } };
    toldAt.delete(match.id);
    toldAt.set(match.id, now);
    const [oldest] = toldAt.keys();
    if (toldAt.size > httpLimits.standingsTimed && oldest !== undefined) toldAt.delete(oldest);
    const { attempt } = actor;
    const outcome = await submitted(deps, {
      type: "match.standing",
      match: match.id,
      attempt,
      teams: body.teams,
    });
    return outcome.ok ? { answer: undefined } : outcome;
  });
}

/** The ticket must be one for this match and this server; whether it is good, the log's order decides. */
async function redeem(
  deps: HttpDeps,
  actor: MatchCredentialClaims,
  { id, match_ticket }: { readonly id: string; readonly match_ticket: string },
) {
  const match = matchOf(deps, actor, id);
  if ("refusal" in match) return match;
  const read = await deps.passes.readTicket(match_ticket);
  if (!read.ok) return { refusal: { code: read.code } };
  const { player, attempt, serial, match: meant } = read.claims;
  if (meant !== match.id || attempt !== actor.attempt)
    return { refusal: { code: "MATCH_TICKET_INVALID" } as const };
  const outcome = await submitted(deps, { type: "match.redeem", match: match.id, attempt, player, serial });
  if (!outcome.ok) return outcome;
  const { team = 0, role = null } = matchPlayerOf(match, player) ?? {};
  return { answer: { match_id: match.id, player_id: player, team, role } };
}

/** The match that a credential is for, while its holder is the match's server. */
function matchOf(
  { state }: Pick<HttpDeps, "state">,
  actor: MatchCredentialClaims,
  id: string,
): Match | { readonly refusal: Refusal } {
  if (actor.match !== id) return otherMatch(actor);
  const match = state().matches.get(actor.match);
  if (match === undefined) return { refusal: { code: "MATCH_NOT_FOUND" } };
  if (match.phase.state === "RESOLVED") return { refusal: { code: "INVALID_STATE" } };
  const { allocation } = match;
  if (allocation?.attempt !== actor.attempt || allocation.server === null)
    return { refusal: { code: "STALE_EPOCH", detail: "Another server plays this match by now." } };
  return match;
}

function otherMatch({ match }: MatchCredentialClaims): { readonly refusal: Refusal } {
  return { refusal: { code: "FORBIDDEN", detail: `This credential is for ${match}.` } };
}
