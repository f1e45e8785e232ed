import {
  conservativeEstimate,
  currentMode,
  isProvisional,
  type ProvisionalBounds,
  type RatingRules,
} from "@matchforge/core";
import type { Leaderboard } from "@matchforge/protocol";
import { leaderboard } from "@matchforge/protocol/schemas";
import type { LeaderboardPlace, RatingRow } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import type { HttpDeps } from "../http-deps.ts";
import { isModeName, pageQuery } from "../page-query.ts";
import { sendProblem } from "../problems.ts";

/** Ten games show something in every system; only Glicko-2's deviation is a measure of what is left to learn. */
const gamesMin = 10;
const glickoDeviationMax = 110;

/** A place, and how many come before it and with it. */
interface Place extends LeaderboardPlace {
  readonly rank: number;
}

/** `GET /api/v1/leaderboard/:mode`: the best players of a mode. */
export function addLeaderboard(app: FastifyInstance, deps: HttpDeps): void {
  addRoute(app, leaderboard, {
    handler: async (request, reply) => {
      const { mode } = request.params as { readonly mode: string };
      const query = pageQuery(request.query, ["after"]);
      if (!query.ok) return sendProblem(reply, query.refusal);
      const after = query.given.after === undefined ? undefined : placeIn(query.given.after);
      if (after === null)
        return sendProblem(reply, { code: "INVALID_FIELD", detail: "after is the next of a page." });
      const rules = currentMode(deps.state(), mode);
      if (rules === undefined || !isModeName(mode)) return sendProblem(reply, { code: "QUEUE_NOT_FOUND" });
      if (rules.rating === null)
        return reply.send({ mode, is_rated: false, players: [], next: null } satisfies Leaderboard);
      const { limit } = query;
      // One more than is shown tells whether there is another page.
      const rows = await deps.archive.leaderboard({ mode, limit: limit + 1, ...(after && { after }) });
      const players = rows.slice(0, limit).map(entryOf(rules.rating, after?.rank ?? 0));
      const last = rows.length > limit ? players.at(-1) : undefined;
      return reply.send({
        mode,
        is_rated: true,
        players,
        next: last === undefined ? null : cursorOf(last),
      } satisfies Leaderboard);
    },
  });
}

type Entry = Leaderboard["players"][number];

function entryOf(rules: RatingRules, before: number): (row: RatingRow, index: number) => Entry {
  const bounds: ProvisionalBounds = {
    gamesMin,
    deviationMax: rules.system === "glicko2" ? glickoDeviationMax : Number.POSITIVE_INFINITY,
  };
  return (row, index) => ({
    rank: before + index + 1,
    player_id: row.playerId,
    estimate: conservativeEstimate(row),
    rating: row.rating,
    deviation: row.deviation,
    games: row.games,
    wins: row.wins,
    is_provisional: isProvisional(row, bounds),
    updated_at: row.updatedAt,
  });
}

function cursorOf({ rank, estimate, player_id }: Entry): string {
  return `${rank}:${estimate}:${player_id}`;
}

/** The place a cursor names; null when it names none. */
function placeIn(cursor: string): Place | null {
  const [, rank, estimate, playerId] = /^(\d{1,9}):(-?\d[\d.e+-]{0,30}):([!-~]{1,64})$/.exec(cursor) ?? [];
  if (playerId === undefined || !Number.isFinite(Number(estimate))) return null;
  return { rank: Number(rank), estimate: Number(estimate), playerId };
}
