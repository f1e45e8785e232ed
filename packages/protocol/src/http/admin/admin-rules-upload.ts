import { count } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { position, reason, rulesText } from "./admin-fields.ts";
import { exampleFinding, exampleRules, findings } from "./rules-fields.ts";

export const adminRulesUpload = defineRoute({
  name: "admin-rules-upload",
  method: "POST",
  path: "/admin/v1/rules",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description:
    "Brings rules into force on every node at once, if they can be used. They hold, whatever rules the nodes are " +
    "started with, until an operator says otherwise; live matches keep theirs.",
  params: null,
  query: null,
  body: sent(strictObject({ rules: rulesText, reason }), { rules: exampleRules, reason: "Season 4 begins." }),
  status: 200,
  answer: strictObject({ version: count("Their version."), position, findings }),
  example: { version: 4, position: 80_212, findings: [exampleFinding] },
  failures: ["INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
