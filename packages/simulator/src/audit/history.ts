import type { Entry, KernelEvent } from "@matchforge/core";
import { eventsText } from "matchforge";

/** Entries kept to look back on, and told of one violation. */
const kept = 3_000;
const toldMax = 12;
const lineLengthMax = 400;

/** The last entries of the log, to tell the shortest part of it that a violation is about. */
export class History {
  readonly #entries: { readonly entry: Entry; readonly events: readonly KernelEvent[] }[] = [];

  add(entry: Entry, events: readonly KernelEvent[]): void {
    this.#entries.push({ entry, events });
    if (this.#entries.length > 2 * kept) this.#entries.splice(0, kept);
  }

  /** The last entry, and the last ones before it that name whatever a sentence names. */
  about(sentence: string): readonly string[] {
    const names = sentence.match(/\b(?:player|ticket|match|party|crew)_\w+/g) ?? [];
    const lines: string[] = [];
    for (let index = this.#entries.length - 1; index >= 0 && lines.length < toldMax; index -= 1) {
      const { entry, events } = this.#entries[index];
      const line = lineOf(entry, events);
      if (lines.length === 0 || names.some((name) => line.includes(`"${name}"`)))
        lines.unshift(line.slice(0, lineLengthMax));
    }
    return lines;
  }
}

function lineOf({ position, at, node, command }: Entry, events: readonly KernelEvent[]): string {
  return `${position} ${at} ${node} ${JSON.stringify(command)} -> ${eventsText(events)}`;
}
