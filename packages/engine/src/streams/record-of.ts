import type { StreamRecord } from "@matchforge/stores";
import type { ReadEvent } from "./match-facts.ts";
import { matchStates } from "./records/match-states.ts";
import { matchSteps } from "./records/match-steps.ts";
import type { OutsideEvent } from "./records/outside-event.ts";
import { shardEvents } from "./records/shard-events.ts";

type Tell = (event: ReadEvent["event"], facts: ReadEvent["facts"]) => OutsideEvent;

/** Each of them is given the events of its own type, which no type can say of all together. */
const tellings = new Map(
  Object.entries({ ...matchStates, ...matchSteps, ...shardEvents }),
) as unknown as ReadonlyMap<string, Tell>;

/**
 * The record of an event; undefined for one that nobody outside is told of, or that this build does not know. A pure
 * function: the same event gives the same record, whichever node tells it and however often.
 *
 * @example
 * recordOf(read)?.type; // "GameStarted"
 */
export function recordOf({ row, event, facts }: ReadEvent): StreamRecord | undefined {
  const told = tellings.get(event.type)?.(event, facts);
  if (told === undefined) return undefined;
  const { match_id } = told.data;
  return {
    cursor: `${row.position}:${row.index}`,
    type: told.type,
    ...(typeof match_id === "string" && { match_id }),
    at: row.at,
    data: told.data,
  };
}
