import { Type } from "typebox";
import { count, nullable, oneOf } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { listOf } from "./admin-fields.ts";

function words(description: string) {
  return Type.String({ maxLength: 4_096, title: "text", description });
}

const key = words("The key in the file, such as `modes.code_duel.countdown`.");
const line = nullable(count("The line that gives it, from 1; null where none does."));
const fix = words("What to do about it.");

/** What a rules file will not do as it seems to. */
export const finding = strictObject({
  severity: oneOf(["serious", "warning", "note"], "How bad it is."),
  code: words("What kind of finding it is."),
  key,
  line,
  message: words("What was found."),
  fix,
});

/** What keeps a rules file from being used. */
export const rulesProblem = strictObject({
  key: nullable(key),
  line,
  expected: words("What is expected there."),
  found: words("What stands there."),
  fix,
  message: words("Both in a line."),
});

/** Findings, as `matchforge rules check` gives them. */
export const findings = listOf(finding, "What the rules will not do as it seems, by line.", 1_000);

/** A rules file as short as can be, for examples. */
export const exampleRules = '[[modes]]\nid = "quick"\ngame = "typing_duel"\n';

export const exampleFinding = {
  severity: "warning",
  code: "NEVER_WIDENS",
  key: "modes.quick.search",
  line: 1,
  message: "The search never accepts everybody.",
  fix: "End the widening with any.",
} as const;
