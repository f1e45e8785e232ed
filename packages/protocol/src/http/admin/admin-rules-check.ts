import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, rulesText, truth } from "./admin-fields.ts";
import { exampleFinding, exampleRules, findings, rulesProblem } from "./rules-fields.ts";

export const adminRulesCheck = defineRoute({
  name: "admin-rules-check",
  method: "POST",
  path: "/admin/v1/rules/check",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "What `matchforge rules check` says of a rules file. Nothing changes.",
  params: null,
  query: null,
  body: sent(strictObject({ rules: rulesText }), { rules: exampleRules }),
  status: 200,
  answer: strictObject({
    is_usable: truth("Whether it could be uploaded."),
    problems: listOf(rulesProblem, "What keeps it from that, by line.", 1_000),
    findings,
  }),
  example: { is_usable: true, problems: [], findings: [exampleFinding] },
  failures: [],
});
