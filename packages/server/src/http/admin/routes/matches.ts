import type { Match, MatchId } from "@matchforge/core";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { act } from "../act.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { adminRoute } from "../admin-route.ts";
import { pageOf } from "../page-of.ts";
import { matchView } from "../views/match-view.ts";
import { wallTimeOf } from "../wall-time.ts";

/** Live matches, and how one of them is ended. */
export const matchRoutes = [
  adminRoute(adminRoutes.adminMatches, async ({ query }, deps) => {
    const page = pageOf(deps.state().matches.values(), { query, keyOf: ({ id }) => id });
    return { matches: page.rows.map((match) => rowOf(deps, match)), next: page.next };
  }),
  adminRoute(adminRoutes.adminMatch, async ({ params: { id } }, deps) => {
    const match = deps.state().matches.get(id as MatchId);
    if (match !== undefined) return matchView(deps, match);
    return {
      refusal: {
        code: "MATCH_NOT_FOUND",
        detail: "No match of this id lives; one that has ended is in the archive.",
      },
    };
  }),
  adminRoute(adminRoutes.adminMatchClose, async ({ actor, params: { id }, body: { reason } }, deps) => {
    const acted = await act(deps, { actor, reason, request: { type: "match.close", match: id as MatchId } });
    if ("refusal" in acted) return acted;
    const { position, events } = acted;
    const isVoid = events.some((event) => event.type === "match.voided" && event.match === id);
    return { match_id: id, state: isVoid ? ("VOIDED" as const) : ("CANCELLED" as const), position };
  }),
];

function rowOf(deps: AdminDeps, match: Match) {
  return {
    match_id: match.id,
    mode: match.mode,
    stake_tier: match.tier,
    state: match.phase.state,
    players: match.players.map(({ id }) => id),
    server_id: match.allocation?.server ?? null,
    created_at: wallTimeOf(deps, match.createdAt),
    deadline_at: wallTimeOf(deps, match.phase.deadline),
  };
}
