import { Type } from "typebox";
import { errorCodes } from "../../errors/catalogue.ts";
import { milliseconds, sentence } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const error = defineServerMessage({
  type: "error",
  since: 1,
  delivery: "reply",
  description: "The request was refused, and nothing was changed.",
  data: strictObject({
    code: Type.Enum(errorCodes, { title: "error code", description: "A code of the catalogue below." }),
    message: sentence("What happened, for people."),
    retry_after_ms: Type.Optional(milliseconds("How long to wait before the same request can succeed.")),
  }),
  example: { code: "ALREADY_IN_QUEUE", message: "You are already in a matchmaking queue or a match." },
});
