import assert from "node:assert/strict";

/** One message of a relay, on its way. */
export interface Frame {
  readonly topic: string;
  readonly payload: string;
}

/** A message as text: the lengths of topic and payload, then both. Such texts can be put together as they are. */
export function frameText({ topic, payload }: Frame): string {
  return `${topic.length} ${payload.length} ${topic}${payload}`;
}

/** The messages of a text made of {@link frameText}s. A text that is not throws an `AssertionError`. */
export function framesFrom(text: string): Frame[] {
  const frames: Frame[] = [];
  for (let start = 0; start < text.length; ) {
    const topic = lengthAt(text, start);
    const payload = lengthAt(text, topic.end);
    const middle = payload.end + topic.length;
    const end = middle + payload.length;
    assert(end <= text.length, "A message is shorter than it says.");
    frames.push({ topic: text.slice(payload.end, middle), payload: text.slice(middle, end) });
    start = end;
  }
  return frames;
}

function lengthAt(text: string, start: number): { readonly length: number; readonly end: number } {
  const space = text.indexOf(" ", start);
  const digits = text.slice(start, space);
  assert(space !== -1 && /^\d{1,9}$/.test(digits), "A message does not begin with its lengths.");
  return { length: Number(digits), end: space + 1 };
}
