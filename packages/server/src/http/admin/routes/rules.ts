import { createHash } from "node:crypto";
import type { KernelEvent } from "@matchforge/core";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { findingsInFile } from "../../../config/findings-in-file.ts";
import { describeProblem, fixOf, type Problem } from "../../../config/problem.ts";
import { parseRules } from "../../../config/rules-file.ts";
import { act } from "../act.ts";
import { adminRoute } from "../admin-route.ts";

const fileName = "rules.toml";
/** So much of what is wrong with a file stands in a refusal; `rules/check` tells all of it. */
const problemsTold = 5;

/** What is checked, brought into force, rolled back and handed over. */
export const rulesRoutes = [
  adminRoute(adminRoutes.adminRules, async (_asked, { state }) => {
    const { rules, rulesVersion, rulesBy, matches } = state();
    const live = new Map<number, number>();
    for (const match of matches.values())
      live.set(match.rulesVersion, (live.get(match.rulesVersion) ?? 0) + 1);
    const versions = [...rules].sort(([one], [other]) => other - one);
    return {
      version: rulesVersion,
      uploaded_by: rulesBy ?? null,
      versions: versions.slice(0, 100).map(([version, { modes, ...others }]) => ({
        version,
        modes: modes.map(({ id }) => id),
        live_matches: live.get(version) ?? 0,
        sha256: createHash("sha256")
          .update(JSON.stringify({ modes, ...others }))
          .digest("hex"),
      })),
    };
  }),
  adminRoute(adminRoutes.adminRulesCheck, async ({ body: { rules: text } }, deps) => {
    const parsed = parseRules(text, fileName);
    if (!parsed.ok) return { is_usable: false, problems: parsed.problems.map(problemView), findings: [] };
    const { rules } = parsed;
    return {
      is_usable: deps.refusesRules(rules) === null,
      problems: [],
      findings: findingViews(text, rules),
    };
  }),
  adminRoute(adminRoutes.adminRulesUpload, async ({ actor, body: { rules: text, reason } }, deps) => {
    const parsed = parseRules(text, fileName);
    if (!parsed.ok) return refused(parsed.problems.slice(0, problemsTold).map(describeProblem).join("\n"));
    const { rules } = parsed;
    const why = deps.refusesRules(rules);
    if (why !== null) return refused(why);
    const acted = await act(deps, { actor, reason, request: { type: "rules.configure", rules } });
    if ("refusal" in acted) return acted;
    const { position, events } = acted;
    return { version: versionIn(events), position, findings: findingViews(text, rules) };
  }),
  adminRoute(adminRoutes.adminRulesRollback, async ({ actor, body: { version, reason } }, deps) => {
    const acted = await act(deps, { actor, reason, request: { type: "rules.rollback", version } });
    return "refusal" in acted ? acted : { version: versionIn(acted.events), position: acted.position };
  }),
  adminRoute(adminRoutes.adminRulesAdopt, async ({ actor, body: { reason } }, deps) => {
    const acted = await act(deps, { actor, reason, request: { type: "rules.adopt" } });
    return "refusal" in acted ? acted : { position: acted.position };
  }),
];

function refused(detail: string) {
  return { refusal: { code: "INVALID_CONFIGURATION", detail } as const };
}

function versionIn(events: readonly KernelEvent[]): number {
  return events.find((event) => event.type === "rules.configured")?.version ?? 0;
}

function problemView(problem: Problem) {
  const { key = null, line = null, expected, found } = problem;
  return { key, line, expected, found, fix: fixOf(problem), message: describeProblem(problem) };
}

function findingViews(text: string, rules: Parameters<typeof findingsInFile>[0]["rules"]) {
  return findingsInFile({ text, rules }).map(({ severity, code, key, line, message, fix }) => ({
    severity,
    code,
    key,
    line,
    message,
    fix,
  }));
}
