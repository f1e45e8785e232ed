import { count, id, named, nullable, sha256Hex } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute } from "../route-definition.ts";
import { listOf } from "./admin-fields.ts";

const version = strictObject({
  version: count("The version."),
  modes: listOf(named("A mode."), "Its modes.", 1_000),
  live_matches: count("Matches that were made under it and live."),
  sha256: sha256Hex("Over its JSON: equal rules have equal ones."),
});

export const adminRules = defineRoute({
  name: "admin-rules",
  method: "GET",
  path: "/admin/v1/rules",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "The version of the rules in force, and those that are kept beside it.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: strictObject({
    version: count("The version in force."),
    uploaded_by: nullable(id("Who has uploaded it; null: the nodes were started with it.")),
    versions: listOf(
      version,
      "Versions of live matches and those that can be rolled back to, the newest first.",
    ),
  }),
  example: {
    version: 4,
    uploaded_by: "player_root",
    versions: [
      {
        version: 4,
        modes: ["code_duel"],
        live_matches: 12,
        sha256: "489d787d526ef91e7dd62d975c46cedaef28932e538451782d50699f9b6eced3",
      },
    ],
  },
  failures: [],
});
