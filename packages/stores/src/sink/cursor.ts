import type { EventPlace } from "../archive/port.ts";
import { StoreError } from "../errors.ts";

/**
 * A place as records carry it.
 *
 * @example
 * cursorOf({ position: 12, index: 0 }); // "12:0"
 */
export function cursorOf({ position, index }: EventPlace): string {
  return `${position}:${index}`;
}

/**
 * The place that a record's cursor names.
 *
 * @throws StoreError `CORRUPT` where it names none.
 * @example
 * placeOf("12:0"); // { position: 12, index: 0 }
 */
export function placeOf(cursor: string): EventPlace {
  const [, position, index] = /^(\d{1,16}):(\d{1,16})$/.exec(cursor) ?? [];
  if (position === undefined) throw new StoreError("CORRUPT", `"${cursor}" is no cursor of a record.`);
  return { position: Number(position), index: Number(index) };
}

/**
 * The place of a record that a sink holds, from its text.
 *
 * @throws StoreError `CORRUPT` where somebody else has put something else there.
 */
export function placeIn(text: string, place: string): EventPlace {
  try {
    const { cursor } = JSON.parse(text) as { readonly cursor: unknown };
    return placeOf(String(cursor));
  } catch (error) {
    const detail = `What ${place} holds last is no record. Take it away, or give the sink another place.`;
    throw new StoreError("CORRUPT", detail, { cause: error });
  }
}

/** Whether two places are the same; undefined is the one before all others. */
export function isSamePlace(one: EventPlace | undefined, other: EventPlace | undefined): boolean {
  return one?.position === other?.position && one?.index === other?.index;
}

/** What a sink answers that does not end where its writer has left it. */
export function movedError(place: string): StoreError {
  return new StoreError("SINK_MOVED", `${place} does not end where this writer left it; ask for its cursor.`);
}
