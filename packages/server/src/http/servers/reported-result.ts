import type { MatchId, PlayerId, ReportedTeam } from "@matchforge/core";
import type { MatchCredentialClaims } from "../../auth/match-passes.ts";
import type { PlayerIdentity } from "../../auth/tokens.ts";
import { archiveReaches } from "../archive-reaches.ts";
import type { HttpDeps } from "../http-deps.ts";
import type { Answered } from "../serve-routes.ts";
import { submitted } from "../submitted.ts";
import type { ResultBook } from "./result-book.ts";

/** Who tells a result: the server of the match, or one of its players. */
export type Reporter = PlayerIdentity | ({ readonly role: "match" } & MatchCredentialClaims);

/** A result as it was told. */
export interface Report {
  readonly match: MatchId;
  readonly teams: readonly ReportedTeam[];
}

/**
 * Takes the result of a game played elsewhere. A result that was lost on its way back is sent again: where it says what
 * the match came to, it is answered as it was, and nothing happens twice.
 */
export async function reportedResult(
  deps: HttpDeps,
  book: ResultBook,
  { actor, ...report }: Report & { readonly actor: Reporter },
): Promise<Answered> {
  const { match, teams } = report;
  const outcome =
    actor.role === "match"
      ? await submitted(deps, { type: "match.result", match, attempt: actor.attempt, teams })
      : await submitted(deps, { type: "match.claim", match, player: actor.player, teams });
  if (outcome.ok) return { answer: answerFor(deps, match) };
  const { code } = outcome.refusal;
  if (code !== "MATCH_NOT_FOUND" && code !== "INVALID_STATE") return outcome;
  const isKnown = book.isRepeated(report, actor) ?? (await isWhatItCameTo(deps, actor, report));
  return isKnown ? { answer: answerFor(deps, match) } : outcome;
}

function answerFor({ state }: HttpDeps, match: MatchId) {
  const known = state().matches.get(match)?.phase.state ?? null;
  return { match_id: match, state: known, is_decided: known !== "ACTIVE" };
}

/**
 * For a node that has not seen the result itself, because it came up since: whether the match has ended, for whoever
 * asks too, and was won by those whom the report says.
 */
async function isWhatItCameTo(deps: HttpDeps, actor: Reporter, { match, teams }: Report): Promise<boolean> {
  const outcomes = await outcomesOf(deps, match);
  if (outcomes === undefined || (actor.role !== "match" && !outcomes.has(actor.player))) return false;
  const named = new Set(teams.flatMap(({ players }) => players));
  if (named.size !== outcomes.size || ![...outcomes.keys()].every((player) => named.has(player)))
    return false;
  const winners = [...outcomes].filter(([, outcome]) => outcome === "win").map(([player]) => player);
  const best = bestOf(teams);
  return best === null ? winners.length === 0 : winners.length > 0 && winners.every((one) => best.has(one));
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

/** The players of the best team; null when all teams are equal. */
function bestOf(teams: readonly ReportedTeam[]): ReadonlySet<string> | null {
  const marks = teams.map(({ rank, score }) => (score === undefined ? -(rank ?? 0) : score));
  const best = Math.max(...marks);
  if (marks.every((mark) => mark === best)) return null;
  return new Set(teams.flatMap(({ players }, team) => (marks[team] === best ? players : [])));
}
