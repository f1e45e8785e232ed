import type { KernelEvent } from "@matchforge/core";
import type { EventRow } from "@matchforge/stores";

/** A value as the archive has it: amounts are decimal text. */
export type Archived<Value> = Value extends bigint
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly Archived<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Archived<Value[Key]> }
      : Value;

/** An event of the kernel as the archive has it. */
export type ArchivedEvent<Type extends KernelEvent["type"] = KernelEvent["type"]> = Archived<
  Extract<KernelEvent, { readonly type: Type }>
>;

/** The event of a row. It may be of a type that this build does not know, or lack what newer ones have. */
export function eventIn({ payload }: EventRow): ArchivedEvent {
  return JSON.parse(payload) as ArchivedEvent;
}
