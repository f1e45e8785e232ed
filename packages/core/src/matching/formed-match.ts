import type { MatchId } from "../ids.ts";
import type { RejectReason } from "./accepts.ts";
import type { Standing } from "./standing.ts";

/** What one property of a match costs, in seconds that its players would have waited for better. */
export interface CostTerm {
  readonly term: "rating_gap" | "spread" | "premades" | "roles" | "sizes" | "latency" | "custom";
  readonly secs: number;
}

/** Why a ticket that was looked at does not play. `unfit`: no place for its size or roles; `held`: kept back for better; `taken`: in another match; `spare`: others are nearer. */
export type PassReason = RejectReason | "unfit" | "held" | "taken" | "spare";

/** How many tickets one reason kept away. */
export interface RejectedCount {
  readonly reason: PassReason;
  readonly count: number;
}

/** What a wave saw: enough to form the same match again from the log. */
export interface ProposalBasis {
  /** The last entry the wave had seen, and its shard time in ms. */
  readonly position: number;
  readonly at: number;
  /** `pool`: formed together with all others of the wave; `ticket`: the search of one ticket; `hand`: by no matcher of ours. */
  readonly wave: "pool" | "ticket" | "hand";
  /** Its place among the proposals of its wave, from 0. */
  readonly place: number;
}

/** Why these tickets: stored with the match. */
export interface ProposalQuality {
  /** The sum of `costs`, in seconds of waiting. */
  readonly costSecs: number;
  readonly costs: readonly CostTerm[];
  readonly ratingGap: number;
  /** How many tickets the search looked at, and how many of them each reason kept away. */
  readonly considered: number;
  readonly rejected: readonly RejectedCount[];
  readonly basis: ProposalBasis;
}

/** What is said of a match that was put together by hand. */
export const noQuality: ProposalQuality = {
  costSecs: 0,
  costs: [],
  ratingGap: 0,
  considered: 0,
  rejected: [],
  basis: { position: 0, at: 0, wave: "hand", place: 0 },
};

/** Tickets that a wave brings together. */
export interface FormedMatch {
  /** By team, its tickets; the ticket that was served comes first in its team. */
  readonly teams: readonly (readonly Standing[])[];
  /** In modes with roles: by team, the role of each player, in the order of its tickets and their players. */
  readonly roles?: readonly (readonly string[])[];
  /** Tickets that register for a round: which one; null: they open it. Each is a team of its own. */
  readonly round?: { readonly match: MatchId | null };
  readonly wave: ProposalBasis["wave"];
  /** Between the strongest and the weakest team, in points. */
  readonly ratingGap: number;
  readonly costs: readonly CostTerm[];
  /** How many tickets were looked at, and why some of them do not play. */
  readonly considered: number;
  readonly rejected: readonly RejectedCount[];
}

/**
 * The sum of cost terms, in seconds.
 *
 * @example
 * costSecsOf([{ term: "rating_gap", secs: 12 }, { term: "latency", secs: 3 }]); // 15
 */
export function costSecsOf(costs: readonly CostTerm[]): number {
  let sum = 0;
  for (const { secs } of costs) sum += secs;
  return sum;
}
