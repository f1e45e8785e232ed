import { type MatchId, matchPlayerOf, type PlayerId, type State } from "@matchforge/core";
import { type ClientMessages, type ErrorCode, type ServerMessages, wireLimits } from "@matchforge/protocol";
import type { Relay } from "@matchforge/stores";
import type { GatewayDeps } from "./ports.ts";
import type { Session } from "./session.ts";
import { matchTopic } from "./typing/typing-play.ts";
import { wallTimeOf } from "./views/wall-time.ts";

/** How far one player has loaded, as the relay carries it. */
export interface RelayedLoading {
  readonly player: PlayerId;
  /** From 0 to 1. */
  readonly loading: number;
}

/** Tells the others how far a player has loaded: nothing of it is in the log, and any of it may be lost. */
export function takeLoadingProgress(
  deps: GatewayDeps,
  session: Session,
  { id, data }: { id: string; data: ClientMessages["match.loaded"] },
): void {
  const match = data.match_id as MatchId;
  const code = loadingRefusal(deps.node.state, { match, player: session.player });
  if (code !== undefined) return session.connection.refuse(code, id);
  const now = deps.clock.now();
  if (now - session.loadingToldAt >= wireLimits.progressRelayIntervalMs) {
    session.loadingToldAt = now;
    relayLoading(deps.relay, match, { player: session.player, loading: data.progress ?? 1 });
  }
  session.connection.send("ok", {}, id);
}

/** Why a player has no loading of a match to tell of; undefined when they have. */
export function loadingRefusal(
  state: State,
  { match: id, player }: { readonly match: MatchId; readonly player: PlayerId },
): ErrorCode | undefined {
  const match = state.matches.get(id);
  if (match === undefined) return "MATCH_NOT_FOUND";
  if (matchPlayerOf(match, player) === undefined) return "PLAYER_NOT_IN_MATCH";
  const { phase } = match;
  return phase.state === "PREPARING" && phase.pending?.includes("loading") ? undefined : "INVALID_STATE";
}

/** Brings a player's loading to the others, on whichever nodes they are. */
export function relayLoading(relay: Relay, match: MatchId, loading: RelayedLoading): void {
  relay.publish(matchTopic(match), JSON.stringify(loading));
}

/** How a match stands with loading; undefined when nobody loads it. */
export function loadingViewOf(
  deps: Pick<GatewayDeps, "node" | "wallClock">,
  id: MatchId,
): ServerMessages["match.loading"] | undefined {
  const match = deps.node.state.matches.get(id);
  if (match?.phase.state !== "PREPARING" || match.phase.due?.loading === undefined) return undefined;
  return {
    match_id: id,
    deadline: wallTimeOf(deps, match.phase.due.loading),
    loaded: match.players.filter(({ loaded }) => loaded).length,
    total: match.players.length,
  };
}
