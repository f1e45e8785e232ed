import type { Command, Entry, KernelEvent } from "@matchforge/core";
import { createState } from "@matchforge/core";
import type { Check, Moment } from "../src/audit/check.ts";
import { Chronicle } from "../src/audit/chronicle.ts";

/** A check that is told of entries and events as they come, whether or not a kernel would have let them. */
export function told(create: (violate: (sentence: string) => void) => Check) {
  const sentences: string[] = [];
  const check = create((sentence) => sentences.push(sentence));
  const chronicle = new Chronicle();
  let position = 0;
  const tell = (command: Command, events: readonly unknown[], node: Entry["node"] = "a/1") => {
    position += 1;
    const entry: Entry = { position, at: position, node, command };
    const known = events as KernelEvent[];
    const moment: Moment = {
      entry,
      events: known,
      state: createState(),
      chronicle,
      timeBefore: 0,
      atBefore: 0,
    };
    chronicle.hear(entry, position);
    check.begin?.(moment);
    for (const event of known) {
      check.event?.(event, moment);
      chronicle.record(event);
    }
    check.end?.(moment);
  };
  return { sentences, tell, chronicle };
}
