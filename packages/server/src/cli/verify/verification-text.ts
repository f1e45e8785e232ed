import type { MatcherPropose, ProposalBasis, RejectedCount } from "@matchforge/core";
import type { Verification } from "matchforge";

/** A match that was formed again, whatever came of it. */
export interface Judged {
  readonly match: string;
  /** Where in the log it was made. */
  readonly position: number;
  readonly verification: Verification;
}

/** What came of forming a match again, for programs. */
export function verificationAnswer({ match, position, verification }: Judged) {
  const { ok, proposal, replayed = 0 } = verification;
  const { rulesVersion, pool, teams, quality } = proposal ?? {};
  return {
    match,
    ok,
    difference: ok ? null : verification.detail,
    position,
    pool,
    rules_version: rulesVersion,
    snapshot: (quality?.basis.position ?? 0) - replayed,
    replayed,
    basis: quality?.basis,
    teams,
    cost_secs: quality?.costSecs,
    costs: quality?.costs,
    considered: quality?.considered,
    rejected: quality?.rejected,
  };
}

/** The same in words. */
export function verificationText({ match, position, verification }: Judged): string {
  const { ok, proposal, replayed = 0 } = verification;
  const verdict = ok ? "OK" : `DIFFERS: ${verification.detail}`;
  const head = `${match} at position ${position}: ${verdict}`;
  return proposal === undefined ? head : [head, ...detailLines(proposal, replayed)].join("\n");
}

function detailLines({ pool, rulesVersion, teams, quality }: MatcherPropose, replayed: number): string[] {
  const { basis, costs, costSecs, considered, rejected } = quality;
  const from = basis.position - replayed;
  const terms = costs.map(({ term, secs }) => `${term} ${secs} s`);
  return [
    line(
      "replayed",
      `${replayed} entries ${from === 0 ? "from the beginning" : `on the snapshot at ${from}`}`,
    ),
    line("basis", `position ${basis.position}, shard time ${basis.at} ms, ${waveText(basis)}`),
    line("rules", `version ${rulesVersion}, pool ${pool}`),
    ...teams.map((team, place) => line(`team ${place}`, team.join(", "))),
    line("costs", `${costSecs} s of waiting${terms.length === 0 ? "" : `: ${terms.join(", ")}`}`),
    line("considered", `${considered} tickets${rejectedText(rejected)}`),
  ];
}

function line(name: string, text: string): string {
  return `  ${name.padEnd(12)}${text}`;
}

function waveText({ wave, place }: ProposalBasis): string {
  const what = wave === "pool" ? "a wave over the whole pool" : "the search of one ticket";
  return `${what}, match ${place + 1} of it`;
}

function rejectedText(rejected: readonly RejectedCount[]): string {
  if (rejected.length === 0) return "";
  return `; not in the match: ${rejected.map(({ reason, count }) => `${count} ${reason}`).join(", ")}`;
}
