import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";

export const ok = defineServerMessage({
  type: "ok",
  since: 1,
  delivery: "reply",
  description: "The request was carried out.",
  data: strictObject({}),
  example: {},
});
