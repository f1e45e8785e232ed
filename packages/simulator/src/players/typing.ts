import {
  type Command,
  isComplete,
  type Match,
  type MatchPlayer,
  modeOfMatch,
  type State,
  typeKeys,
} from "@matchforge/core";
import type { Random } from "../time/random.ts";

/** What a player's gateway would put into the log next: a checkpoint, the finish, or a game server's report. */
export function nextTyping(options: {
  readonly state: State;
  readonly match: Readonly<Match>;
  readonly own: Readonly<MatchPlayer>;
  readonly epoch: number;
  readonly wpm: number;
  /** Shard time in ms. */
  readonly at: number;
  readonly random: Random;
}): Command | undefined {
  const { state, match, own, epoch, wpm, at, random } = options;
  const { phase } = match;
  if (phase.state !== "ACTIVE" || own.final) return undefined;
  if (!phase.counting && !random.chance(0.25)) return undefined;
  if (phase.text === null) {
    const { requires } = modeOfMatch(state, match);
    const isServed = requires.includes("server") || requires.includes("loading");
    if (isServed || !random.chance(0.04)) return undefined;
    const teams = new Set(match.players.map(({ team }) => team)).size;
    const ranks = Array.from({ length: teams }, () => random.between(1, teams));
    return { type: "match.report", match: match.id, ranks };
  }
  const elapsedMs = at - own.checkpointAt;
  const count = Math.floor((wpm * 5 * elapsedMs) / 60_000);
  const keys = phase.text.slice(own.typed.position, own.typed.position + count);
  const slip = count > 0 && random.chance(0.1) ? "~\b" : "";
  const typed = typeKeys(own.typed, { text: phase.text, keys: "\b".repeat(own.typed.wrong) + slip + keys });
  const named = { match: match.id, player: own.id, epoch, typed };
  // A gateway may not know yet that the time is over.
  const isFinish = isComplete(typed, phase.text) && (!phase.counting || random.chance(0.3));
  if (isFinish) return { type: "match.finish", ...named };
  if (count === 0 && !phase.counting) return undefined;
  return { type: "match.checkpoint", ...named, final: phase.counting };
}
