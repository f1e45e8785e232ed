import type { MatchId, PlayerId, ReportedTeam } from "@matchforge/core";
import type { MatchCredentialClaims } from "../../auth/match-passes.ts";
import type { PlayerIdentity } from "../../auth/tokens.ts";
import { archiveReaches } from "../archive-reaches.ts";
import type { HttpDeps } from "../http-deps.ts";
import type { Answered } from "../serve-routes.ts";
import { submitted } from "../submitted.ts";

type Reporter = PlayerIdentity | ({ readonly role: "match" } & MatchCredentialClaims);

interface Report {
  readonly match: MatchId;
  readonly teams: readonly ReportedTeam[];
}

/**
 * Takes the result of a game played elsewhere. A result that was lost on its way back is sent again: where it says what
 * the match came to, it is answered as it was, and nothing happens twice.
 */
export async function reportedResult(deps: HttpDeps, actor: Reporter, report: Report): Promise<Answered> {
  const { match, teams } = report;
  const outcome =
    actor.role === "match"
      ? await submitted(deps, { type: "match.result", match, attempt: actor.attempt, teams })
      : await submitted(deps, { type: "match.claim", match, player: actor.player, teams });
  if (outcome.ok) return { answer: answerFor(deps, match) };
  const { code } = outcome.refusal;
  if (code !== "MATCH_NOT_FOUND" && code !== "INVALID_STATE") return outcome;
  return (await isWhatItCameTo(deps, actor, report)) ? { answer: answerFor(deps, match) } : outcome;
}

function answerFor({ state }: HttpDeps, match: MatchId) {
  const known = state().matches.get(match)?.phase.state ?? null;
  return { match_id: match, state: known, is_decided: known !== "ACTIVE" };
}

/** Whether the match has ended, for whoever asks too, with the outcomes that the report says. */
async function isWhatItCameTo(deps: HttpDeps, actor: Reporter, { match, teams }: Report): Promise<boolean> {
  const outcomes = await outcomesOf(deps, match);
  if (outcomes === undefined || (actor.role !== "match" && !outcomes.has(actor.player))) return false;
  const told = outcomesIn(teams);
  return (
    told.size === outcomes.size && [...told].every(([player, outcome]) => outcomes.get(player) === outcome)
  );
}

/** What a match came to for each of its players; undefined while it has come to nothing. */
async function outcomesOf(deps: HttpDeps, match: MatchId): Promise<Map<PlayerId, string> | undefined> {
  const live = deps.state().matches.get(match);
  if (live?.phase.state === "RESOLVED")
    return new Map(live.phase.result.players.map(({ player, outcome }) => [player, outcome]));
  if (live !== undefined) return undefined;
  await archiveReaches(deps.state().position, deps);
  const archived = await deps.archive.match(match);
  if (archived?.match.endReason == null) return undefined;
  return new Map(archived.players.map(({ playerId, outcome }) => [playerId as PlayerId, outcome ?? ""]));
}

/** The outcome that a report means for each player: the best win, unless all are equal. */
function outcomesIn(teams: readonly ReportedTeam[]): Map<PlayerId, string> {
  const marks = teams.map(({ rank, score }) => (score === undefined ? -(rank ?? 0) : score));
  const best = Math.max(...marks);
  const isTie = marks.every((mark) => mark === best);
  return new Map(
    teams.flatMap(({ players }, team) => {
      const outcome = isTie ? "tie" : marks[team] === best ? "win" : "loss";
      return players.map((player): [PlayerId, string] => [player as PlayerId, outcome]);
    }),
  );
}
