import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { sha256Hex } from "../../schema/fields.ts";

/** What is told of the text before the start. */
export const codeCommitment = sha256Hex("SHA-256 over salt and text, in games that have a text.");

/** The text of a typing game. */
export const codeSequence = Type.String({
  pattern: `^[ -~]{1,${wireLimits.textLengthMax}}$`,
  title: "printable ASCII text",
  description: "The text to type, in games that have one.",
});

/** The salt of a text's commitment. */
export const codeSalt = Type.String({
  pattern: "^[ -~]{1,128}$",
  title: "printable ASCII text",
  description: "SHA-256 over this followed by the text, as they stand here, is the commitment.",
});
