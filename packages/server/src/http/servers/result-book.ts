import {
  contentHash,
  contentHashText,
  emptyContentHash,
  type MatchId,
  type ReportedTeam,
} from "@matchforge/core";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import type { Report, Reporter } from "./reported-result.ts";

/**
 * The results and reports that were taken of late, as they were told: every node reads them in the log, so whichever is
 * asked again knows what was said before, and by whom. Nothing depends on it but the answer to somebody who says it twice.
 */
export class ResultBook {
  readonly #told = new Map<string, string>();
  /** The matches of which something was told. */
  readonly #known = new Set<MatchId>();

  constructor({ onApplied }: Pick<HttpDeps, "onApplied">) {
    onApplied(({ command }, events) => {
      if (command.type !== "match.result" && command.type !== "match.claim") return;
      if (events.some((event) => event.type === "refused" && event.command === command.type)) return;
      const who = command.type === "match.result" ? `${command.attempt}` : command.player;
      this.#remember(command.match, { who, teams: command.teams });
    });
  }

  /** Whether the same was told before by the same; undefined where nothing is known of the match. */
  isRepeated({ match, teams }: Report, actor: Reporter): boolean | undefined {
    if (!this.#known.has(match)) return undefined;
    const who = actor.role === "match" ? `${actor.attempt}` : actor.player;
    return this.#told.get(keyOf(match, who)) === fingerprintOf(teams);
  }

  #remember(
    match: MatchId,
    { who, teams }: { readonly who: string; readonly teams: readonly ReportedTeam[] },
  ): void {
    const key = keyOf(match, who);
    // A player's report that changes nothing is the one that was told first.
    if (!this.#told.has(key)) this.#told.set(key, fingerprintOf(teams));
    this.#known.add(match);
    for (const kept of [this.#told, this.#known]) {
      const [oldest] = kept.keys();
      if (kept.size > httpLimits.resultsRemembered && oldest !== undefined) kept.delete(oldest as never);
    }
  }
}

function keyOf(match: MatchId, who: string): string {
  return `${match} ${who}`;
}

function fingerprintOf(teams: readonly ReportedTeam[]): string {
  return contentHashText(contentHash(emptyContentHash, JSON.stringify(teams)));
}
