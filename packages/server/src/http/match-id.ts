import type { MatchId } from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";
import type { Refusal } from "./problems.ts";

const matchIdPattern = new RegExp(`^match_[A-Za-z0-9_-]{1,${wireLimits.idLengthMax - "match_".length}}$`);

/** Whether a text can be a match's id. */
export function isMatchId(text: string): text is MatchId {
  return matchIdPattern.test(text);
}

/** What a request with another text is answered. */
export const noMatchId: Refusal = {
  code: "INVALID_FIELD",
  detail: "A match id is match_ and letters, digits, _ or -.",
};
