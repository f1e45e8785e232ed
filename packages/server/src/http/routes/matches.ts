import { setTimeout } from "node:timers/promises";
import type { MatchId } from "@matchforge/core";
import type { MatchView } from "@matchforge/protocol";
import { wireLimits } from "@matchforge/protocol";
import { StoreError } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import { archivedMatchView, liveMatchView } from "../match-view.ts";
import { sendProblem } from "../problems.ts";

const pollMs = 25;
const matchIdPattern = new RegExp(`^match_[A-Za-z0-9_-]{1,${wireLimits.idLengthMax - "match_".length}}$`);

/** `GET /api/v1/matches/:id`: a match as everybody may see it. */
export function addMatches(app: FastifyInstance, deps: HttpDeps): void {
  addRoute(app, {
    method: "GET",
    url: "/api/v1/matches/:id",
    handler: async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      if (!isMatchId(id))
        return sendProblem(reply, {
          code: "INVALID_FIELD",
          detail: "A match id is match_ and letters, digits, _ or -.",
        });
      const view = await viewOf(id, deps);
      return view === undefined ? sendProblem(reply, { code: "MATCH_NOT_FOUND" }) : reply.send(view);
    },
  });
}

function isMatchId(text: string): text is MatchId {
  return matchIdPattern.test(text);
}

/** While it is played the replica knows a match best; once decided, the archive does. */
async function viewOf(id: MatchId, deps: HttpDeps): Promise<MatchView | undefined> {
  const wallTimeOf = (shardTime: number) =>
    Math.max(0, Math.round(deps.wallClock() + shardTime - deps.shardTime()));
  const live = liveMatchView(deps.state(), id, wallTimeOf);
  if (live !== undefined && live.state !== "RESOLVED") return live;
  const { position } = deps.state();
  const archived = await deps.archive.match(id);
  if (archived !== undefined && archived.match.endedAt !== null) return archivedMatchView(archived);
  if (live !== undefined) return live;
  await archiveReaches(position, deps);
  const ended = await deps.archive.match(id);
  return ended && archivedMatchView(ended);
}

/** The archive follows the log a moment later: a match that has just ended is in neither of the two until then. */
async function archiveReaches(position: number, { archive, limits }: HttpDeps): Promise<void> {
  const mostMs = limits?.archiveWaitMs ?? httpLimits.archiveWaitMs;
  for (let waitedMs = 0; (await archive.cursor()) < position; waitedMs += pollMs) {
    if (waitedMs >= mostMs)
      throw new StoreError("STORE_UNAVAILABLE", `the archive has not come to position ${position}`);
    await setTimeout(pollMs);
  }
}
