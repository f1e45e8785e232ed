import type { Command, Match, MatchPlayer } from "@matchforge/core";
import type { Random } from "../time/random.ts";

/** What a player's gateway would put into the log next: a checkpoint, the finish, or a game server's report. */
export function nextTyping(options: {
  readonly match: Readonly<Match>;
  readonly own: Readonly<MatchPlayer>;
  readonly epoch: number;
  readonly wpm: number;
  /** Shard time in ms. */
  readonly at: number;
  readonly random: Random;
}): Command | undefined {
  const { match, own, epoch, wpm, at, random } = options;
  const { phase } = match;
  if (phase.state !== "ACTIVE" || own.final) return undefined;
  if (phase.text === null) {
    if (!random.chance(0.1)) return undefined;
    const ranks = random.pick([[1, 2], [2, 1], [1, 1]]);
    return { type: "match.report", match: match.id, ranks };
  }
  const elapsedMs = at - own.checkpointAt;
  const typed = Math.floor((wpm * 5 * elapsedMs) / 60_000);
  const position = Math.min(phase.text.length, own.position + typed);
  const wrong = typed > 0 && random.chance(0.1) ? 1 : 0;
  const errors = own.errors + wrong;
  const keys = own.keys + (position - own.position) + wrong;
  const named = { match: match.id, player: own.id, epoch, errors, keys };
  if (position === phase.text.length && !phase.counting) return { type: "match.finish", ...named };
  if (typed === 0 && !phase.counting) return undefined;
  return { type: "match.checkpoint", ...named, position, final: phase.counting };
}
