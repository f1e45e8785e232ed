import { documentOf, type MatchId } from "@matchforge/core";
import { matchReceipt } from "@matchforge/protocol/schemas";
import type { ArchivedMatch } from "@matchforge/stores";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access.ts";
import { addRoute } from "../add-route.ts";
import { archiveReaches } from "../archive-reaches.ts";
import type { HttpDeps } from "../http-deps.ts";
import { isMatchId, noMatchId } from "../match-id.ts";
import { matchReceiptOf } from "../match-receipt.ts";
import { sendProblem } from "../problems.ts";

/** `GET /api/v1/matches/:id/receipt`: what can be checked of a match. */
export function addReceipts(app: FastifyInstance, deps: HttpDeps): void {
  addRoute(app, matchReceipt, {
    handler: async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      if (!isMatchId(id)) return sendProblem(reply, noMatchId);
      const actor = actorOf(request);
      // A game server is no player: where players are told more, it is a stranger.
      const player = "player" in actor ? actor.player : null;
      const archived = await archivedMatch(id, deps);
      const receipt = archived && matchReceiptOf(archived, { state: deps.state(), dice: deps.dice, player });
      if (receipt === undefined) return sendProblem(reply, { code: "MATCH_NOT_FOUND" });
      return reply.send(documentOf(receipt));
    },
  });
}

/** What the archive, which follows the log a moment later, knows of a match: no less than this node does. */
async function archivedMatch(id: MatchId, deps: HttpDeps): Promise<ArchivedMatch | undefined> {
  const { position, matches } = deps.state();
  const phase = matches.get(id)?.phase.state;
  const isPlayed = phase !== undefined && phase !== "RESOLVED";
  const known = await deps.archive.match(id);
  if (known !== undefined && (isPlayed || known.match.endedAt !== null)) return known;
  await archiveReaches(position, deps);
  return deps.archive.match(id);
}
