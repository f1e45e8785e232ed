import { type TObject, Type } from "typebox";
import { id } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";

const messageId = id("The sender's id of this message; its reply carries the same.");
const sentAt = Type.Number({ title: "time in ms since 1970", description: "When the message was sent." });

/**
 * The schema of a whole client message. `data` may be left out where none of its fields is required: an
 * old client may send a bare `pong`.
 */
export function clientEnvelope<Name extends string, Data extends TObject>(type: Name, data: Data) {
  const fields = { type: Type.Literal(type, { title: "message type" }), id: messageId, ts: sentAt };
  const isRequired = (data.required ?? []).length > 0;
  return strictObject({ ...fields, data: isRequired ? data : Type.Optional(data) });
}

/** The schema of a whole server message. Its id is empty when it answers a message without a readable one. */
export function serverEnvelope<Name extends string, Data extends TObject>(type: Name, data: Data) {
  return strictObject({
    type: Type.Literal(type),
    id: Type.String({ pattern: "^[!-~]{0,64}$" }),
    ts: sentAt,
    data,
  });
}
