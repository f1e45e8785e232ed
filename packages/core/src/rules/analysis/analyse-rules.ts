import { reviveRules } from "../revive-rules.ts";
import type { ModeRules, Rules } from "../rules.ts";
import { findDeadRules } from "./dead-rules.ts";
import { findingCatalogue, type NoteFinding, type RulesFinding } from "./finding.ts";
import { findNeverMatches } from "./never-matches.ts";
import { findStarvation } from "./starves.ts";
import { findJumps } from "./widening-jumps.ts";

/**
 * Finds what rules that can be used will not do: modes that never form a match, players who wait for nothing,
 * rules that change nothing, windows that widen in a leap. Modes that nobody can queue for are passed over. The
 * order is that of the modes, and within one it is fixed.
 *
 * @param rules rules without {@link rulesProblems}.
 * @example
 * const findings = analyseRules(defineRules({ modes: [defineMode({ id: "quick", maxLiveMatches: 0 })] }));
 * findings[0].code; // NO_LIVE_MATCHES
 */
export function analyseRules(rules: Rules): RulesFinding[] {
  const { modes, ledger } = reviveRules(rules);
  const findings: RulesFinding[] = [];
  const offered = modes.filter(isOffered);
  if (offered.length === 0) {
    const message = "every mode is disabled or only announced: nobody can queue for anything";
    findings.push(findingOf("NO_MODE_OFFERED", { path: "modes", message, fix: "make a mode available" }));
  }
  for (const mode of offered) {
    const note: NoteFinding = (code, { key, message, fix }) =>
      findings.push(findingOf(code, { path: `modes.${mode.id}.${key}`, message, fix }));
    findNeverMatches(mode, note, ledger);
    findStarvation(mode, note, offered);
    findDeadRules(mode, note);
    findJumps(mode, note);
  }
  return findings;
}

/** Whether players may queue for a mode at all. */
function isOffered({ enabled, available }: ModeRules): boolean {
  return enabled && available;
}

function findingOf(
  code: RulesFinding["code"],
  told: Pick<RulesFinding, "path" | "message" | "fix">,
): RulesFinding {
  const { kind, severity } = findingCatalogue[code];
  return { code, kind, severity, ...told };
}
