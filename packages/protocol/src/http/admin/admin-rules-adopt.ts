import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { position, reason } from "./admin-fields.ts";

export const adminRulesAdopt = defineRoute({
  name: "admin-rules-adopt",
  method: "POST",
  path: "/admin/v1/rules/adopt",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description:
    "Ends that uploaded rules hold: within a second or two the rules that the leading node was started with are in force.",
  params: null,
  query: null,
  body: sent(strictObject({ reason }), { reason: "The files have the rules of season 4." }),
  status: 200,
  answer: strictObject({ position }),
  example: { position: 81_377 },
  failures: ["INVALID_STATE", "INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
