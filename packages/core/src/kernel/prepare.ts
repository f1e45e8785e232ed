import type { MatchAllocating, MatchPreparing } from "./events.ts";
import { kernelLimits } from "./limits.ts";
import { modeOfMatch } from "./lookups.ts";
import type { Effect, EffectKind, Match, PreparationItem } from "./model.ts";
import { sharesOf } from "./sieges.ts";
import { levelOfServers, type State } from "./state.ts";

/** What must be in place before the match may start, with those who stay of whom it formed from. */
export function preparing(state: State, match: Match, players = match.players): MatchPreparing {
  const mode = modeOfMatch(state, match);
  const isGathered = match.phase.state === "FORMING" && match.contest !== null;
  const stakes = isGathered ? sharesOf(state, match, players) : undefined;
  const isWagered =
    stakes === undefined ? players.some(({ stake }) => stake > 0n) : stakes.some(({ amount }) => amount > 0n);
  const isEscrowed = isWagered && mode.requires.includes("escrow");
  const later = state.level < levelOfServers ? [] : laterItems.filter((item) => mode.requires.includes(item));
  const escrowBy = state.time + kernelLimits.escrowWithinMs;
  const due = {
    ...(isEscrowed && { escrow: escrowBy }),
    ...(later.includes("loading") && {
      loading: state.time + (mode.loadingMs ?? kernelLimits.loadingWithinMs),
    }),
  };
  return {
    type: "match.preparing",
    match: match.id,
    deadline: Math.min(escrowBy, ...Object.values(due)),
    pending: [...(isEscrowed ? (["escrow"] as const) : []), ...later],
    ...(later.length > 0 && { due }),
    effects: isEscrowed ? [effectFor(state, match, "escrow")] : [],
    ...(stakes !== undefined && { stakes }),
  };
}

const laterItems: readonly PreparationItem[] = ["loading", "server"];

export function effectFor(state: State, match: Match, kind: EffectKind): Effect {
  return { key: `${kind}:${match.id}`, kind, matchId: match.id, since: state.time };
}

/** Whether a server must be asked for: clients have loaded, so that none is wasted on somebody who does not come. */
export function wantsServer({ phase, allocation }: Match): boolean {
  if (allocation?.isPending || (allocation !== undefined && allocation.server !== null)) return false;
  if (phase.state === "READY") return phase.awaitsServer === true;
  if (phase.state !== "PREPARING" || phase.pending === null) return false;
  return phase.pending.includes("server") && !phase.pending.includes("loading");
}

/** Asks for a server, under a key that no other request has. */
export function allocating(state: State, match: Match): MatchAllocating {
  const attempt = (match.allocation?.attempt ?? 0) + 1;
  return {
    type: "match.allocating",
    match: match.id,
    attempt,
    deadline: state.time + kernelLimits.serverWithinMs,
    effect: {
      key: allocationKeyOf(match.id, attempt),
      kind: "allocate",
      matchId: match.id,
      since: state.time,
    },
  };
}

/**
 * The key under which a match's server is asked for.
 *
 * @example
 * allocationKeyOf("match_1", 2); // "allocate:match_1:2"
 */
export function allocationKeyOf(match: Match["id"], attempt: number): string {
  return `allocate:${match}:${attempt}`;
}

/** What is owed once a server may be held under a key that nobody wants any more: `except` keeps what it gave. */
export function releaseOf(
  state: Pick<State, "time">,
  {
    matchId,
    attempt,
    except,
    only,
  }: { matchId: Match["id"]; attempt: number } & Pick<Effect, "except" | "only">,
): Effect {
  return {
    key: `release:${matchId}:${attempt}${except === undefined ? "" : ":others"}`,
    kind: "release",
    matchId,
    since: state.time,
    ...(except !== undefined && { except }),
    ...(only !== undefined && { only }),
  };
}

/**
 * The key that an effect of release speaks of.
 *
 * @example
 * releasedKeyOf({ key: "release:match_1:2" }); // "allocate:match_1:2"
 */
export function releasedKeyOf({ key }: Pick<Effect, "key">): string {
  const [, match, attempt] = key.split(":");
  return `allocate:${match}:${attempt}`;
}

/**
 * The keys under which a match may owe releases. Those who keep nothing are asked under a key of their own: what the
 * match itself gives back later must not count as done with it.
 *
 * @example
 * releaseKeysOf("match_1"); // ["release:match_1:1", "release:match_1:1:others", …]
 */
export function releaseKeysOf(match: Match["id"]): string[] {
  const attempts = Array.from({ length: kernelLimits.allocationsPerMatch }, (_, index) => index + 1);
  return attempts.flatMap((attempt) => {
    const key = `release:${match}:${attempt}`;
    return [key, `${key}:others`];
  });
}
