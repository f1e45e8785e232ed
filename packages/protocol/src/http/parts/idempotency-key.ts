import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { sent } from "../route-definition.ts";

const key = Type.String({
  pattern: `^[!-~]{1,${wireLimits.idLengthMax}}$`,
  title: `text of 1 to ${wireLimits.idLengthMax} visible ASCII characters`,
  description: "Names this request: sent again with the same key and body, it is carried out once.",
});

/** The header of a request that must say which one it is, because carrying it out twice would do harm. */
export const keyRequired = sent(strictObject({ "idempotency-key": key }), { "idempotency-key": "play-7f3a" });

/** The same of a request that does no harm when it is repeated. */
export const keyOptional = sent(strictObject({ "idempotency-key": Type.Optional(key) }), {
  "idempotency-key": "ready-7f3a",
});
