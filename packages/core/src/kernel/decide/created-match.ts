import type { ModeRules } from "../../rules/rules.ts";
import type { MatcherPropose } from "../commands.ts";
import type { MatchCreated } from "../events.ts";
import { stakeOfTier } from "../stakes.ts";
import type { State } from "../state.ts";

/** What a match is asked for with, whoever asks. */
type Proposal = Pick<MatcherPropose, "match" | "secretEpoch" | "commitment" | "map" | "quality">;

/** What depends on how its players come together. */
type Own = Pick<
  MatchCreated,
  | "tier"
  | "pool"
  | "contest"
  | "state"
  | "deadline"
  | "region"
  | "winProbabilities"
  | "fault"
  | "tickets"
  | "players"
  | "by"
  | "origin"
> & { readonly mode: ModeRules };

/** A new match under the rules in force. */
export function createdMatch(state: State, proposal: Proposal, { mode, ...own }: Own): MatchCreated {
  const { match, secretEpoch, commitment, map = null, quality } = proposal;
  return {
    type: "match.created",
    match,
    mode: mode.id,
    rulesVersion: state.rulesVersion,
    secretEpoch,
    epochHash: state.secretEpochs.get(secretEpoch)?.hash ?? "",
    stake: stakeOfTier(mode, own.tier),
    commitment,
    map,
    quality,
    ...own,
  };
}
