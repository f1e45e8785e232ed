import type { Validator } from "typebox/compile";
import { unreadableId } from "../envelope/envelope.ts";
import { wireLimits } from "../limits.ts";
import { envelopeFaultIn, fieldFaultIn } from "./field-faults.ts";
import { shapeFaultOf } from "./message-shape.ts";
import { type MessageRefusal, refuseMessage } from "./refuse-message.ts";

const { messageDepthMax, entriesPerValueMax } = wireLimits;
const readableId = /^[!-~]{1,64}$/;

/**
 * Names what is wrong with a message that was not accepted: its shape first, then the envelope, then the
 * fields. The slow path: the bounds on shape keep the search for faults cheap, whatever was sent.
 */
export function diagnoseClientMessage(value: unknown, validator: Validator | undefined): MessageRefusal {
  const id = idOf(value);
  const shapeFault = shapeFaultOf(value, { depthMax: messageDepthMax, entriesMax: entriesPerValueMax });
  if (shapeFault === "too_deep") {
    return refuseMessage("PAYLOAD_TOO_DEEP", `A message nests at most ${messageDepthMax} deep.`, id);
  }
  if (shapeFault === "too_wide") {
    return refuseMessage(
      "PAYLOAD_TOO_LARGE",
      `An object or array has at most ${entriesPerValueMax} entries.`,
      id,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuseMessage("INVALID_ENVELOPE", "A message is an object.", id);
  }
  if (validator === undefined) return refuseUnknownType(value, id);
  const errors = validator.Errors(value);
  const fault = envelopeFaultIn(errors, validator.Type()) ?? fieldFaultIn(errors, validator.Type());
  return refuseMessage(fault.code, fault.message, id);
}

function refuseUnknownType(value: object, id: string): MessageRefusal {
  const { type } = value as { type?: unknown };
  if (typeof type !== "string")
    return refuseMessage("INVALID_ENVELOPE", "type must be the type of a message.", id);
  return refuseMessage("UNKNOWN_TYPE", undefined, id);
}

function idOf(value: unknown): string {
  const id = typeof value === "object" && value !== null ? (value as { id?: unknown }).id : undefined;
  return typeof id === "string" && readableId.test(id) ? id : unreadableId;
}
