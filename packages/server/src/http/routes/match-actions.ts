import {
  type Command,
  type MatchId,
  matchPlayerOf,
  type PlayerId,
  type RequestOrigin,
} from "@matchforge/core";
import type { MatchStep } from "@matchforge/protocol";
import {
  matchAbandonRoute,
  matchLoadedRoute,
  matchReadyRoute,
  matchTicketRoute,
} from "@matchforge/protocol/schemas";
import type { FastifyRequest } from "fastify";
import { loadingRefusal, relayLoading } from "../../websocket/loading-progress.ts";
import { carryOut } from "../carry-out.ts";
import { keyedRequest } from "../idempotency-key.ts";
import type { Refusal } from "../problems.ts";
import { type Actor, type Answered, type Served, served } from "../serve-routes.ts";
import { playerAsking } from "../tickets/player-asking.ts";
import type { TicketDesk } from "../tickets/ticket-desk.ts";
import { httpAssignment } from "../tickets/ticket-view.ts";

type PlayerCommand = Extract<
  Command,
  { readonly match: MatchId; readonly origin?: unknown; readonly player: PlayerId }
>;

/** What a player says of a match of theirs, without a socket. */
export function matchActionRoutes(desk: TicketDesk): readonly Served[] {
  return [
    served(matchReadyRoute, (asked) =>
      act(desk, asked, asked.body.accept ? { type: "match.accept" } : { type: "match.decline" }),
    ),
    served(matchLoadedRoute, (asked) => {
      const { progress = 1 } = asked.body;
      return progress < 1 ? tellProgress(desk, asked, progress) : act(desk, asked, { type: "match.loaded" });
    }),
    served(matchAbandonRoute, (asked) => act(desk, asked, { type: "match.abandon" })),
    served(matchTicketRoute, async (asked) => {
      const refusal = await told(desk, asked, { type: "match.admit" });
      if (refusal !== null) return { refusal };
      const match = desk.deps.state().matches.get(asked.params.id as MatchId);
      const { player } = playerAsking(asked);
      const answer = match === undefined ? null : await httpAssignment(desk.deps, match, player);
      // The match may have lost its server, or have ended, since.
      return answer === null ? { refusal: { code: "INVALID_STATE" } } : { answer };
    }),
  ];
}

interface Asking {
  readonly actor: Actor;
  readonly params: { readonly id: string };
  readonly body: unknown;
  readonly request: FastifyRequest;
}

type Step = {
  readonly type: "match.accept" | "match.decline" | "match.loaded" | "match.abandon" | "match.admit";
};

async function act(desk: TicketDesk, asked: Asking, step: Step): Promise<Answered> {
  const refusal = await told(desk, asked, step);
  return refusal === null ? { answer: stepOf(desk, asked.params.id as MatchId) } : { refusal };
}

/** Puts what a player says of a match into the log; null when it is carried out, or was before. */
async function told(desk: TicketDesk, asked: Asking, { type }: Step): Promise<Refusal | null> {
  const identity = playerAsking(asked);
  const { params, body, request } = asked;
  const keyed = keyedRequest(request, { key: "optional", type, data: { ...params, body } });
  if (!keyed.ok) return keyed.refusal;
  const match = params.id as MatchId;
  const { player } = identity;
  if (isIn(desk, match, player)) desk.presence.begin(identity)();
  const carried = await carryOut(desk.deps, command({ type, match, player, origin: keyed.origin }));
  return carried.ok ? null : carried.refusal;
}

function command(step: Step & { match: MatchId; player: PlayerId; origin: RequestOrigin | undefined }) {
  const { type, match, player, origin } = step;
  return { type, match, player, ...(origin !== undefined && { origin }) } satisfies PlayerCommand;
}

/** Somebody who is not in a match does not become present by asking about it. */
function isIn({ deps }: TicketDesk, id: MatchId, player: PlayerId): boolean {
  const match = deps.state().matches.get(id);
  return match !== undefined && matchPlayerOf(match, player) !== undefined;
}

/** How far somebody has loaded is for the others' eyes: it is not in the log, and any of it may be lost. */
function tellProgress(desk: TicketDesk, asked: Asking, loading: number): Answered {
  const { deps } = desk;
  const identity = playerAsking(asked);
  const match = asked.params.id as MatchId;
  const { player } = identity;
  const keyed = keyedRequest(asked.request, { key: "optional", type: "match.loading", data: null });
  if (!keyed.ok) return keyed;
  const code = loadingRefusal(deps.state(), { match, player });
  if (code !== undefined) return { refusal: { code } };
  desk.presence.begin(identity)();
  if (deps.relay !== undefined) relayLoading(deps.relay, match, { player, loading });
  return { answer: stepOf(desk, match) };
}

/** How a match stands, as far as this node holds it. */
function stepOf({ deps }: TicketDesk, id: MatchId): MatchStep {
  const match = deps.state().matches.get(id);
  if (match === undefined) return { match_id: id, state: null, ready: 0, loaded: 0, total: 0 };
  const { phase, players } = match;
  const total = players.length;
  const isLoading = phase.state === "PREPARING" && phase.pending?.includes("loading") === true;
  return {
    match_id: id,
    state: phase.state,
    ready: phase.state === "MATCHED" ? players.filter(({ accepted }) => accepted).length : total,
    loaded: isLoading ? players.filter(({ loaded }) => loaded).length : total,
    total,
  };
}
