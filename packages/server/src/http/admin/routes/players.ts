import type { PlayerId } from "@matchforge/core";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { act } from "../act.ts";
import { adminRoute } from "../admin-route.ts";
import { pageOf } from "../page-of.ts";
import { areHere, playerView, sessionView } from "../views/session-view.ts";

/** Who is connected, and what the shard knows of a player. */
export const playerRoutes = [
  adminRoute(adminRoutes.adminSessions, async ({ query }, deps) => {
    const page = pageOf(areHere(deps.state()), { query, keyOf: ({ id }) => id });
    return { sessions: page.rows.map((player) => sessionView(deps, player)), next: page.next };
  }),
  adminRoute(adminRoutes.adminPlayer, async ({ params: { id } }, deps) => {
    const player = deps.state().players.get(id as PlayerId);
    return player === undefined ? { refusal: { code: "PLAYER_NOT_FOUND" } } : playerView(deps, player);
  }),
  adminRoute(adminRoutes.adminPlayerPardon, async ({ actor, params: { id }, query }, deps) => {
    const { mode = null, reason } = query;
    const request = { type: "player.pardon", player: id as PlayerId, mode } as const;
    const acted = await act(deps, { actor, reason, request });
    return "refusal" in acted ? acted : { player_id: id, position: acted.position };
  }),
];
