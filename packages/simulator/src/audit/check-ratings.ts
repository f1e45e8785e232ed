import type { MatchResolved, PlayerId, RatingRecord } from "@matchforge/core";
import type { Check, Violate } from "./check.ts";

/**
 * Every result rates each of its players once, from what they had before: no game is counted twice or lost. No side of two
 * loses rating by winning.
 */
export function checkRatings(violate: Violate): Check {
  const records = new Map<PlayerId, Map<string, RatingRecord>>();
  return {
    event(event) {
      if (event.type === "player.evicted") records.delete(event.player);
      else if (event.type === "match.resolved") judge(event, { records, violate });
    },
    end({ events, state }) {
      for (const event of events) {
        if (event.type !== "match.resolved") continue;
        for (const { player, after } of event.result.players) {
          const own = state.players.get(player)?.records.filter(({ mode }) => mode === event.mode) ?? [];
          if (own.length !== 1 || !isSame(own[0], after))
            violate(`ratings: ${player} has not what ${event.match} gave them`);
        }
      }
    },
  };
}

function judge(
  { match, mode, result }: MatchResolved,
  { records, violate }: { records: Map<PlayerId, Map<string, RatingRecord>>; violate: Violate },
): void {
  for (const { player, before, after, outcome } of result.players) {
    const own = records.get(player) ?? new Map<string, RatingRecord>();
    const known = own.get(mode);
    if (known === undefined ? before.games !== 0 : !isSame(known, before))
      violate(`ratings: ${match} rates ${player} from ${before.games} games at ${before.rating}`);
    if (after.games !== before.games + 1 || after.wins !== before.wins + (outcome === "win" ? 1 : 0))
      violate(`ratings: ${match} is counted as ${after.games} games and ${after.wins} wins of ${player}`);
    own.set(mode, after);
    records.set(player, own);
  }
  judgeSides(match, result, violate);
}

/** Whoever gives up is rated with their side, win or lose. */
function judgeSides(match: string, { players, winners }: MatchResolved["result"], violate: Violate): void {
  if (winners.length === 0 || new Set(players.map(({ team }) => team)).size !== 2) return;
  const winning = players.find(({ outcome }) => outcome === "win")?.team;
  for (const { player, team, before, after } of players) {
    const gain = after.rating - before.rating;
    if (team === winning ? gain < 0 : gain > 0)
      violate(
        `ratings: ${match} moves ${player} by ${gain}, whose side ${team === winning ? "wins" : "loses"}`,
      );
  }
}

function isSame(left: RatingRecord, right: RatingRecord): boolean {
  return left.games === right.games && left.wins === right.wins && left.rating === right.rating;
}
