import { Type } from "typebox";
import { count, nullable, sha256Hex, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, next, pageQueryOf } from "./admin-fields.ts";

function told(description: string) {
  return Type.String({ maxLength: 1_024, title: "text", description });
}

const line = strictObject({
  position: count("Where it stands in the log; it names the line."),
  at: timeMs("When it was done."),
  actor: told("Whose token it was."),
  action: told("What was asked for."),
  object: told("What it was done to."),
  detail: nullable(told("What both leave open; null: nothing.")),
  reason: told("Why, in their words."),
  outcome: told("`done`, or the code of the refusal."),
  hash: sha256Hex("Over the hash of the line before and the rest of this one."),
});

export const adminAudit = defineRoute({
  name: "admin-audit",
  method: "GET",
  path: "/admin/v1/audit",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "What operators have done, or were refused, the newest first. No line ever changes.",
  params: null,
  query: sent(pageQueryOf("lines"), { limit: "50" }),
  body: null,
  status: 200,
  answer: strictObject({ lines: listOf(line, "The newest first."), next }),
  example: {
    lines: [
      {
        position: 80_212,
        at: 1_706_025_600_250,
        actor: "player_root",
        action: "match.close",
        object: "match_abc123",
        detail: null,
        reason: "The tournament's host has lost power.",
        outcome: "done",
        hash: "489d787d526ef91e7dd62d975c46cedaef28932e538451782d50699f9b6eced3",
      },
    ],
    next: "80212",
  },
  failures: [],
});
