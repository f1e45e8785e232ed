import { type TSchema, Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { count, nullable } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { pageCursor, pageLimit } from "../page-fields.ts";

const { adminReasonLengthMax, announcementLengthMax, pageRowsMax, rulesTextLengthMax } = wireLimits;

/** One line of text as databases take it: no control characters, and no halves of characters. */
function line(lengthMax: number, description: string) {
  return Type.String({
    pattern: `^[^\\u0000-\\u001f\\ud800-\\udfff]{1,${lengthMax}}$`,
    title: `one line of 1 to ${lengthMax} characters`,
    description,
  });
}

/** Why an operator does something; it stands in the audit. */
export const reason = line(adminReasonLengthMax, "Why; it stands in the audit.");

/** What everybody is told. */
export const announcement = line(announcementLengthMax, "What everybody is told.");

/** A rules file. */
export const rulesText = Type.String({
  minLength: 1,
  maxLength: rulesTextLengthMax,
  title: `TOML of 1 to ${rulesTextLengthMax} characters`,
  description: "A rules file, whole.",
});

/** A name with more in it than an id: a node's, or a pool's. */
export function longName(description: string) {
  return Type.String({
    pattern: "^[!-~]{1,128}$",
    title: "text of 1 to 128 printable characters",
    description,
  });
}

/** Where an action stands in the log, and its line in the audit. */
export const position = count("The position of its line in the audit.");

/** The query of a list that comes in pages. */
export function pageQueryOf(what: string) {
  return strictObject({
    limit: pageLimit(what),
    after: Type.Optional(pageCursor("The `next` of the page before.")),
  });
}

/** Where the next page begins. */
export const next = nullable(pageCursor("What `after` is for the next page; null on the last one."));

/** A list with an upper bound. */
export function listOf<const Item extends TSchema>(
  item: Item,
  description: string,
  maxItems: number = pageRowsMax,
) {
  return Type.Array(item, { maxItems, title: "list", description });
}

/** True or false. */
export function truth(description: string) {
  return Type.Boolean({ title: "true or false", description });
}
