import type { PlayerRatings } from "@matchforge/protocol";
import { playerRatings } from "@matchforge/protocol/schemas";
import type { ArchivedPlayer } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { isPlayerId } from "../../auth/tokens.ts";
import { addRoute } from "../add-route.ts";
import { archiveReaches } from "../archive-reaches.ts";
import type { HttpDeps } from "../http-deps.ts";
import { isModeName, pageQuery } from "../page-query.ts";
import { sendProblem } from "../problems.ts";

/** `GET /api/v1/players/:id/ratings`: a player's ratings, and how one of them came to be. */
export function addPlayerRatings(app: FastifyInstance, deps: HttpDeps): void {
  addRoute(app, playerRatings, {
    handler: async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      const query = pageQuery(request.query, ["mode", "before"]);
      if (!query.ok) return sendProblem(reply, query.refusal);
      const { mode, before } = query.given;
      const detail = whatIsWrong({ id, mode, before });
      if (detail !== null) return sendProblem(reply, { code: "INVALID_FIELD", detail });
      const player = await playerOf(id, deps);
      if (player === undefined) return sendProblem(reply, { code: "PLAYER_NOT_FOUND" });
      const asked = {
        playerId: id,
        limit: query.limit,
        ...(before !== undefined && { before: Number(before) }),
      };
      const history = mode === undefined ? null : await historyOf({ mode, ...asked }, deps);
      return reply.send({
        player_id: id,
        ratings: player.ratings.map(ratingView),
        history,
      } satisfies PlayerRatings);
    },
  });
}

function whatIsWrong({ id, mode, before }: { id: string; mode?: string; before?: string }): string | null {
  if (!isPlayerId(id)) return "A player id is player_ and letters, digits, _ or -.";
  if (mode !== undefined && !isModeName(mode)) return "mode is the name of a mode.";
  if (before === undefined) return null;
  if (mode === undefined) return "before needs mode: it is the next of a page of a history.";
  return /^[1-9]\d{0,14}$/.test(before) ? null : "before is the next of a page.";
}

/** A player who has just come is in the archive a moment later. */
async function playerOf(id: string, deps: HttpDeps): Promise<ArchivedPlayer | undefined> {
  const { position } = deps.state();
  const known = await deps.archive.player(id);
  if (known !== undefined) return known;
  await archiveReaches(position, deps);
  return deps.archive.player(id);
}

async function historyOf(
  { limit, ...asked }: { mode: string; playerId: string; limit: number; before?: number },
  { archive }: HttpDeps,
): Promise<PlayerRatings["history"]> {
  // One more than is shown tells whether there is another page.
  const rows = await archive.ratingHistory({ ...asked, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const changes = shown.map(({ matchId, before, after, at }) => ({ match_id: matchId, before, after, at }));
  return { mode: asked.mode, changes, next: last === undefined ? null : `${last.position}` };
}

function ratingView(row: ArchivedPlayer["ratings"][number]): PlayerRatings["ratings"][number] {
  const { mode, rating, deviation, games, wins, meanWpm, updatedAt } = row;
  return { mode, rating, deviation, games, wins, mean_wpm: meanWpm, updated_at: updatedAt };
}
