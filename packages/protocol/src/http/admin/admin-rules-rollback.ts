import { Type } from "typebox";
import { count } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { position, reason } from "./admin-fields.ts";

const version = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  title: "whole number from 1",
  description: "One of the versions that are kept.",
});

export const adminRulesRollback = defineRoute({
  name: "admin-rules-rollback",
  method: "POST",
  path: "/admin/v1/rules/rollback",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "Brings an earlier version of the rules into force again, under a number of its own.",
  params: null,
  query: null,
  body: sent(strictObject({ version, reason }), { version: 3, reason: "Season 4 waits." }),
  status: 200,
  answer: strictObject({ version: count("Its new version."), position }),
  example: { version: 5, position: 80_951 },
  failures: ["RULES_NOT_FOUND", "INVALID_CONFIGURATION", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
