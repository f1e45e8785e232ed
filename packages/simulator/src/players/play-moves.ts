import { type Command, type Match, matchPlayerOf, type PlayerId, type State } from "@matchforge/core";
import type { Random } from "../time/random.ts";
import type { PlayerTraits } from "./player-traits.ts";
import type { Request } from "./request.ts";
import { type ServedTemper, type Showing, servedMoves } from "./served-moves.ts";
import { nextTyping } from "./typing.ts";

/** What a player in a match does: asks for something, and what the gateway tells by itself. */
export interface PlayMoves {
  readonly request?: Request;
  readonly told?: readonly Command[];
  /** What the player's client shows to game servers. */
  readonly shown?: readonly Showing[];
  /** The player still thinks about it. */
  readonly isUndecided?: boolean;
}

/** How long before its end a hesitant player answers a ready check. */
const lastMomentMs = 900;

/** A player's next moves in a match. */
export function playMoves(options: {
  readonly state: State;
  readonly match: Readonly<Match>;
  readonly player: PlayerId;
  readonly epoch: number;
  readonly traits: PlayerTraits;
  readonly random: Random;
  /** What the player makes of its ready check: nothing any more, an answer at once, or one at the last moment. */
  readonly mood: "decided" | "prompt" | "hesitant";
  readonly temper: ServedTemper;
}): PlayMoves {
  const { state, match, player, epoch, traits, random, temper } = options;
  const own = matchPlayerOf(match as Match, player);
  if (own === undefined || own.forfeited) return {};
  const named = { match: match.id, player };
  const { phase } = match;
  if (phase.state === "MATCHED") {
    if (own.accepted || options.mood === "decided") return {};
    if (options.mood === "hesitant" && phase.deadline - state.time > lastMomentMs)
      return { told: own.notified ? [] : [{ type: "match.notified", ...named }], isUndecided: true };
    return { ...readyMove({ named, traits, random }), told: own.notified ? [] : notice(named, random) };
  }
  const told: Command[] = [];
  if (phase.state === "READY" && phase.awaitsDispatch && random.chance(0.3))
    told.push({ type: "match.dispatch", match: match.id, server: "eu-1" });
  if (random.chance(traits.abandonChance)) return { request: { type: "match.abandon", ...named }, told };
  const served = servedMoves({ state, match, own, random, temper });
  if (served !== undefined) return { ...served, told: [...told, ...(served.told ?? [])] };
  const typed = nextTyping({ state, match, own, epoch, wpm: traits.wpm, at: state.time, random });
  if (typed !== undefined) told.push(typed);
  return { told };
}

type Named = { readonly match: Match["id"]; readonly player: PlayerId };

/** A gateway that hears nothing of its client says nothing of it: one time in ten. */
function notice(named: Named, random: Random): readonly Command[] {
  return random.chance(0.1) ? [] : [{ type: "match.notified", ...named }];
}

/** Most accept, some decline, and some look away. */
function readyMove({
  named,
  traits,
  random,
}: {
  named: Named;
  traits: PlayerTraits;
  random: Random;
}): PlayMoves {
  const luck = random.fraction();
  if (luck < traits.acceptChance) return { request: { type: "match.accept", ...named } };
  if (luck < traits.acceptChance + traits.declineChance)
    return { request: { type: "match.decline", ...named } };
  return {};
}
