import { Type } from "typebox";
import { errorCodes } from "../errors/catalogue.ts";
import { milliseconds, sentence } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";

/** The schema of `ProblemDetails`. */
export const problemSchema = strictObject({
  type: Type.String({ title: "URN", description: "Names the kind of problem." }),
  title: sentence("What happened, in general."),
  status: Type.Integer({ minimum: 400, maximum: 599, title: "HTTP status", description: "The status." }),
  code: Type.Enum(errorCodes, { title: "error code", description: "A code of the catalogue." }),
  detail: Type.Optional(sentence("What happened this time.")),
  retry_after_ms: Type.Optional(milliseconds("How long to wait before the same request can succeed.")),
});
