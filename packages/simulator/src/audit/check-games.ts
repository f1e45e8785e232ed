import { createHash } from "node:crypto";
import type { KernelEvent, MatchResolved, MatchStarted } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";

const keysPerSecondMax = 25;
const windowMs = 1_000;

/** The text is the one committed to, nobody types faster than a human or finishes what is not typed, and no game has two results. */
export function checkGames(violate: Violate): Check {
  return {
    event(event, moment) {
      switch (event.type) {
        case "match.started":
          return judgeText(event, moment, violate);
        case "match.checkpointed":
        case "match.finished":
          return judgeTyping(event, moment, violate);
        case "match.resolved":
          return judgeResult(event, moment, violate);
      }
    },
  };
}

function judgeText({ match: id, text, salt }: MatchStarted, { chronicle }: Moment, violate: Violate): void {
  const match = chronicle.matches.get(id);
  if (match === undefined || text === null) return;
  const hash = createHash("sha256").update(`${salt}${text}`).digest("hex");
  if (hash !== match.created.commitment) violate(`games: the text of ${id} is not the one committed to`);
}

type Typing = Extract<KernelEvent, { type: "match.checkpointed" | "match.finished" }>;

function judgeTyping(event: Typing, { chronicle }: Moment, violate: Violate): void {
  const { match: id, player, typed } = event;
  const match = chronicle.matches.get(id);
  if (match?.text == null) return;
  const possible = keysPerSecondMax * (1 + (chronicle.time - match.startedAt) / windowMs);
  if (typed.keys > possible) violate(`games: ${player} has pressed ${typed.keys} keys in ${id}`);
  if (match.entrants.get(player)?.forfeited) violate(`games: ${player} plays on in ${id} after giving up`);
  if (event.type !== "match.finished") return;
  if (typed.position !== match.text.length || typed.wrong !== 0)
    violate(`games: ${player} finishes ${id} with ${typed.position} of ${match.text.length} characters`);
  if (match.counting) violate(`games: ${player} finishes ${id} after its time`);
}

/** Whoever gave up does not win; who finished first does. */
function judgeResult(
  { match: id, result }: MatchResolved,
  { events, chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match === undefined) return;
  for (const winner of result.winners)
    if (match.entrants.get(winner)?.forfeited) violate(`games: ${winner} gave up ${id} and wins`);
  const playing = new Set(
    [...match.entrants.values()].filter((own) => !own.forfeited).map(({ team }) => team),
  );
  for (const winner of result.winners)
    if (!playing.has(match.entrants.get(winner)?.team ?? -1))
      violate(`games: a side that gave up wins ${id}`);
  const finished = events.find((event) => event.type === "match.finished" && event.match === id);
  if (finished?.type === "match.finished" && !result.winners.includes(finished.player))
    violate(`games: ${finished.player} finishes ${id} first and does not win`);
  if (match.mode.game !== "typing_duel" || result.endReason !== "timeout") return;
  const best = Math.max(...result.players.map(({ typed }) => typed.position));
  for (const { player, outcome, typed } of result.players)
    if (outcome === "win" && typed.position < best) violate(`games: ${player} is behind in ${id} and wins`);
}
