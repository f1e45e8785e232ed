import type { GameServer, ServerId } from "@matchforge/core";
import { serverRoutes } from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import type { HttpDeps } from "../http-deps.ts";
import type { Refusal } from "../problems.ts";
import { type Answered, type Served, served, serveRoutes } from "../serve-routes.ts";
import { AssignedMatches } from "../servers/assigned-matches.ts";
import { Heartbeats } from "../servers/heartbeats.ts";
import { servedMatchRoutes } from "../servers/match-routes.ts";
import { isListed, standingOf } from "../servers/server-views.ts";
import { submitted } from "../submitted.ts";

/** What game servers ask and tell: for themselves by their own token, for a match by its credential. */
export function addGameServers(app: FastifyInstance, deps: HttpDeps): void {
  const heartbeats = new Heartbeats(deps);
  const assigned = new AssignedMatches(deps, heartbeats);
  const { serverRegister, serverDown } = serverRoutes;
  serveRoutes(app, [
    served(serverRegister, async ({ actor: { server }, body }) => {
      const listed = deps.state().servers.get(server);
      if (listed !== undefined && isListed(listed)) return listedIsThere(deps, listed);
      const { instance, address, region = null, capacity, labels = {} } = body;
      const offer = { address, region, capacity, labels };
      const command = {
        type: "server.up",
        server,
        allocator: "registry",
        instance,
        offer,
        isHeard: true,
      } as const;
      const outcome = await submitted(deps, command);
      return outcome.ok ? answerOf(deps, server) : outcome;
    }),
    ...ownRoutes(deps, { heartbeats, assigned }),
    served(serverDown, async ({ actor: { server }, params, query }) => {
      const run = runOf(deps, { server, named: params.id, epoch: Number(query.epoch) });
      if ("refusal" in run) return run;
      if (isListed(run)) return { refusal: { code: "FORBIDDEN", detail: listedStays } };
      const outcome = await submitted(deps, { type: "server.down", server, epoch: run.epoch });
      return outcome.ok ? { answer: undefined } : outcome;
    }),
    ...servedMatchRoutes(deps, heartbeats),
  ]);
}

/** A server of the list in the settings is there by its list, which says what it offers: it takes matches again. */
async function listedIsThere(deps: HttpDeps, { id: server, epoch, draining }: GameServer): Promise<Answered> {
  const outcome = draining
    ? await submitted(deps, { type: "server.drain", server, epoch, draining: false })
    : null;
  return outcome === null || outcome.ok ? answerOf(deps, server) : outcome;
}

const listedStays = "It is on the list in the settings, and goes when it is taken off that; it may drain.";

/** What a server says while it is there. */
function ownRoutes(
  deps: HttpDeps,
  { heartbeats, assigned }: { readonly heartbeats: Heartbeats; readonly assigned: AssignedMatches },
): Served[] {
  const { serverHeartbeat, serverMatches } = serverRoutes;
  return [
    served(serverHeartbeat, async ({ actor: { server }, params, body }) => {
      const run = runOf(deps, { server, named: params.id, epoch: body.epoch });
      if ("refusal" in run) return run;
      heartbeats.hear(server, run.epoch);
      const { draining = run.draining } = body;
      if (draining !== run.draining) {
        const outcome = await submitted(deps, { type: "server.drain", server, epoch: run.epoch, draining });
        if (!outcome.ok) return outcome;
      }
      return answerOf(deps, server);
    }),
    served(serverMatches, async ({ actor: { server }, params, query, reply }) => {
      const asked = { server, named: params.id, epoch: Number(query.epoch) };
      const before = runOf(deps, asked);
      if ("refusal" in before) return before;
      heartbeats.hear(server, before.epoch);
      const { since, wait = "0" } = query;
      if (since !== undefined && wait !== "0")
        await assigned.changed(before, { since, waitMs: Number(wait) * 1_000, asker: reply.raw });
      const run = runOf(deps, asked);
      if ("refusal" in run) return run;
      return { answer: await assigned.listOf(run) };
    }),
  ];
}

/** The run of a server that speaks, if it is the one that is registered. */
function runOf(
  { state }: Pick<HttpDeps, "state">,
  { server, named, epoch }: { readonly server: ServerId; readonly named: string; readonly epoch: number },
): GameServer | { readonly refusal: Refusal } {
  if (named !== server) return { refusal: { code: "FORBIDDEN", detail: `This token is for ${server}.` } };
  const known = state().servers.get(server);
  if (known === undefined) return { refusal: { code: "SERVER_NOT_FOUND" } };
  return known.epoch === epoch ? known : { refusal: { code: "STALE_EPOCH" } };
}

/** It may have been lost in the same breath. */
function answerOf({ state }: Pick<HttpDeps, "state">, id: ServerId) {
  const server = state().servers.get(id);
  return server === undefined
    ? { refusal: { code: "SERVER_NOT_FOUND" } as const }
    : { answer: standingOf(server) };
}
