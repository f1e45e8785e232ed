import assert from "node:assert/strict";
import { storeLimits } from "../../limits.ts";

/** Topics a node begins and ceases to listen to. */
export interface Interest {
  readonly begin: readonly string[];
  readonly cease: readonly string[];
}

/** An interest as messages, none longer than a frame. */
export function* interestTexts({ begin, cease }: Interest): Generator<string> {
  for (const some of portionsOf(cease)) yield JSON.stringify({ begin: [], cease: some });
  for (const some of portionsOf(begin)) yield JSON.stringify({ begin: some, cease: [] });
}

/** Reads what {@link interestTexts} wrote. Anything else throws. */
export function interestFrom(text: string): Interest {
  const message: unknown = JSON.parse(text);
  assert(typeof message === "object" && message !== null && "begin" in message && "cease" in message);
  const { begin, cease } = message;
  assert(areTopics(begin) && areTopics(cease), "A topic is a text.");
  return { begin, cease };
}

function areTopics(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.every((topic) => typeof topic === "string" && topic.length <= storeLimits.relayTopicText)
  );
}

function* portionsOf(topics: readonly string[]): Generator<readonly string[]> {
  const size = storeLimits.relayTopicsPerMessage;
  for (let start = 0; start < topics.length; start += size) yield topics.slice(start, start + size);
}
