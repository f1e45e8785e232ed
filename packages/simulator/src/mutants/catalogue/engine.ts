import type { Mutant } from "../mutant.ts";

const engine = "packages/engine/src";

/** Nodes and their rooms: appends, reading, leading, effects, matching, archive. */
export const engineMutants: readonly Mutant[] = [
  {
    id: "retry-as-another",
    file: `${engine}/node/appender.ts`,
    find: "sequence: this.#sequence, count, commands });",
    replace: "sequence: this.#sequence + attempt, count, commands });",
    breaks: "An append in doubt is repeated as it was.",
  },
  {
    id: "answer-dropped",
    file: `${engine}/node/appender.ts`,
    find: "if (this.#inFlight) this.#early.set(position, events);",
    replace: "",
    breaks: "Every command is answered.",
  },
  {
    id: "own-before-others",
    file: `${engine}/node/tail.ts`,
    find: "const direct = !this.#reading && batch.receipt.first === replica.position + 1;",
    replace: "const direct = !this.#reading;",
    breaks: "Entries are applied in the log's order.",
  },
  {
    id: "never-back",
    file: `${engine}/node/housekeeping.ts`,
    find: "if (!alive()) this.#options.rejoin();\n    else if",
    replace: "if",
    breaks: "A node that was given up comes back.",
  },
  {
    id: "nobody-leads",
    file: `${engine}/node/housekeeping.ts`,
    find: "if (silent || leader.draining)",
    replace: "if (leader?.draining)",
    breaks: "Somebody leads.",
  },
  {
    id: "effect-tried-once",
    file: `${engine}/reactors/effects-reactor.ts`,
    find: "this.#options.clock.after(pauseMs, () => this.#perform(effect, attempt + 1));",
    replace: "void pauseMs;",
    breaks: "An effect is tried until it is done.",
  },
  {
    id: "effects-not-inherited",
    file: `${engine}/reactors/effects-reactor.ts`,
    find: "for (const effect of this.#options.state().effects.values()) this.#perform(effect, 0);",
    replace: "void 0;",
    breaks: "Who leads next does what is owed.",
  },
  {
    id: "queued-not-seen",
    file: `${engine}/room/matcher-loop.ts`,
    find: "return this.#pools.touch(event.ticket);\n      case",
    replace: "return;\n      case",
    breaks: "A ticket that comes is looked at.",
  },
  {
    id: "archive-hole",
    file: `${engine}/archive/backlog.ts`,
    find: "this.#events = after(this.#events, upTo);",
    replace: "this.#events = after(this.#events, upTo + 1);",
    breaks: "The archive holds everything.",
  },
  {
    id: "stored-before-it-is",
    file: `${engine}/archive/archive-reactor.ts`,
    find: "await this.#options.archive.commit({ cursor, ...this.#backlog.contents() });\n    this.#stored(cursor);",
    replace:
      "const batch = { cursor, ...this.#backlog.contents() };\n    this.#stored(cursor);\n    await this.#options.archive.commit(batch);",
    breaks: "What could not be stored is stored again.",
  },
];
