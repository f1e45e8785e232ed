import type { KernelEvent, MatchResolved, ReportedTeam } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";
import type { KnownMatch } from "./chronicle.ts";

/**
 * A game played elsewhere ends as was told by who may tell it: the newest server of the match while it is in play, or its
 * players where there is none, who must agree; what its server said last counts where the server is gone, if the mode
 * wants it so.
 */
export function checkReports(violate: Violate): Check {
  return {
    event(event, moment) {
      switch (event.type) {
        case "match.resolved":
          return judgeResult(event, moment, violate);
        case "match.stood":
          return judgeStanding(event, moment, violate);
        case "match.claimed":
          return judgeClaim(event, moment, violate);
        case "match.voided":
          return judgeVoid(event, moment, violate);
      }
    },
  };
}

function judgeResult(
  event: MatchResolved,
  { entry: { command }, chronicle }: Moment,
  violate: Violate,
): void {
  const { match: id, result } = event;
  const match = chronicle.matches.get(id);
  if (match === undefined || match.mode.game !== "external" || result.endReason === "forfeit") return;
  if (command.type === "match.report" && command.match === id) return;
  const { requires } = match.mode;
  if (command.type === "match.result" && command.match === id) {
    const why = wrongReport(command, match);
    if (why !== null) violate(`reports: ${id} is decided by its server, but ${why}`);
    return judgeWinners(event, { ranks: ranksBy(command.teams), match, violate });
  }
  if (requires.includes("server")) {
    if (match.mode.serverLost !== "standing" || match.standing === null)
      return violate(`reports: ${id} is decided by nobody's word`);
    return judgeWinners(event, { ranks: match.standing, match, violate });
  }
  judgeAgreement(event, match, violate);
}

/** Why a server's report must have no effect; null: it may. */
function wrongReport(
  { attempt, teams }: { readonly attempt: number; readonly teams: readonly ReportedTeam[] },
  { phase, allocation, entrants }: KnownMatch,
): string | null {
  if (phase !== "ACTIVE") return `it is ${phase}`;
  if (allocation === null || allocation.server === null) return "it has none";
  if (allocation.attempt !== attempt) return `its newest is number ${allocation.attempt}, not ${attempt}`;
  const named = teams.flatMap(({ players }, team) => players.map((player) => ({ player, team })));
  const isWhole =
    named.length === entrants.size && new Set(named.map(({ player }) => player)).size === named.length;
  if (!isWhole) return `${named.length} of ${entrants.size} players are named`;
  const stranger = named.find(
    ({ player, team }) => entrants.get(player as `player_${string}`)?.team !== team,
  );
  return stranger === undefined ? null : `${stranger.player} is not in team ${stranger.team}`;
}

/** The best score or rank is the first place. */
function ranksBy(teams: readonly ReportedTeam[]): readonly number[] {
  return teams.map(({ rank, score }) => rank ?? -(score ?? 0));
}

/** Of those who played on, whoever is best by the ranks wins; nobody where all are equal. */
function judgeWinners(
  { match: id, result }: MatchResolved,
  {
    ranks,
    match,
    violate,
  }: { readonly ranks: readonly number[]; readonly match: KnownMatch; readonly violate: Violate },
): void {
  const playing = [...match.entrants].filter(([, { forfeited }]) => !forfeited);
  const best = Math.min(...playing.map(([, { team }]) => ranks[team] ?? 0));
  const first = playing.filter(([, { team }]) => ranks[team] === best).map(([player]) => player);
  const isTie =
    new Set([...match.entrants.values()].map(({ team }) => team)).size === teamsAt(match, ranks, best);
  const winners = isTie ? [] : first;
  if (winners.toSorted().join() !== [...result.winners].sort().join())
    violate(
      `reports: ${id} is won by ${result.winners.join() || "nobody"}, as told by ${winners.join() || "nobody"}`,
    );
}

/** How many teams share the first place, with everybody who gave up behind them. */
function teamsAt({ entrants }: KnownMatch, ranks: readonly number[], best: number): number {
  const playing = new Set(
    [...entrants.values()].filter(({ forfeited }) => !forfeited).map(({ team }) => team),
  );
  return [...playing].filter((team) => ranks[team] === best).length;
}

/** All who play on have said the same, or at the end of the time each side that plays on has. */
function judgeAgreement(event: MatchResolved, match: KnownMatch, violate: Violate): void {
  const { match: id } = event;
  const playing = [...match.entrants].filter(([, { forfeited }]) => !forfeited);
  const claims = playing.flatMap(([player]) => match.claims.get(player) ?? []);
  const said = playing.filter(([player]) => match.claims.has(player));
  if (said.length === 0) return violate(`reports: ${id} is decided and nobody has told a result`);
  const [ranks = []] = said.map(([player]) => match.claims.get(player) ?? []);
  if (
    claims.length % ranks.length !== 0 ||
    said.some(([player]) => match.claims.get(player)?.join() !== ranks.join())
  )
    violate(`reports: ${id} is decided although its players differ`);
  const heard = new Set(said.map(([, { team }]) => team));
  for (const [, { team }] of playing)
    if (!heard.has(team)) violate(`reports: ${id} is decided without the word of team ${team}`);
  judgeWinners(event, { ranks, match, violate });
}

function judgeStanding(
  { match: id }: Extract<KernelEvent, { type: "match.stood" }>,
  { entry: { command }, chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  if (match === undefined || command.type !== "match.standing")
    return violate(`reports: nobody says how ${id} stands`);
  const why = wrongReport(command, match);
  if (why !== null) violate(`reports: how ${id} stands is told by its server, but ${why}`);
}

function judgeClaim(
  { match: id, player }: Extract<KernelEvent, { type: "match.claimed" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  const own = match?.entrants.get(player);
  if (match?.mode.requires.includes("server"))
    violate(`reports: ${player} tells the result of ${id}, which has a server`);
  if (own?.forfeited) violate(`reports: ${player} tells the result of ${id} after giving up`);
  if (match?.claims.has(player)) violate(`reports: ${player} tells the result of ${id} twice`);
}

/** A game that was lost with its server, or that nobody told of, is void only where no word counts. */
function judgeVoid(
  { match: id, reason }: Extract<KernelEvent, { type: "match.voided" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  const match = chronicle.matches.get(id);
  const isServed = match?.mode.requires.includes("server") === true;
  if (!isServed || match.mode.serverLost !== "standing" || match.standing === null) return;
  if (reason.includes("server was lost") || reason.includes("no result"))
    violate(`reports: ${id} is void (${reason}) although its server had told how it stands`);
}
