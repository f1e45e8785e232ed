import type { MatchId } from "@matchforge/core";
import type { MatchView } from "@matchforge/protocol";
import { matchView } from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import { archiveReaches } from "../archive-reaches.ts";
import type { HttpDeps } from "../http-deps.ts";
import { isMatchId, noMatchId } from "../match-id.ts";
import { archivedMatchView, liveMatchView } from "../match-view.ts";
import { sendProblem } from "../problems.ts";

/** `GET /api/v1/matches/:id`: a match as everybody may see it. */
export function addMatches(app: FastifyInstance, deps: HttpDeps): void {
  addRoute(app, matchView, {
    handler: async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      if (!isMatchId(id)) return sendProblem(reply, noMatchId);
      const view = await viewOf(id, deps);
      return view === undefined ? sendProblem(reply, { code: "MATCH_NOT_FOUND" }) : reply.send(view);
    },
  });
}

/** While it is played the replica knows a match best; once decided, the archive does. */
async function viewOf(id: MatchId, deps: HttpDeps): Promise<MatchView | undefined> {
  const wallTimeOf = (shardTime: number) =>
    Math.max(0, Math.round(deps.wallClock() + shardTime - deps.shardTime()));
  const live = liveMatchView(deps.state(), id, wallTimeOf);
  if (live !== undefined && live.state !== "RESOLVED") return live;
  const { position } = deps.state();
  const archived = await deps.archive.match(id);
  const isDecided = archived !== undefined && archived.match.endedAt !== null;
  // What this node has forgotten is over: an archive that knows no more than its result is behind.
  if (isDecided && (live !== undefined || archived.match.state !== "RESOLVED"))
    return archivedMatchView(archived);
  if (live !== undefined) return live;
  await archiveReaches(position, deps);
  const ended = await deps.archive.match(id);
  return ended && archivedMatchView(ended);
}
