import type { Command, Entry, KernelEvent, MatchingPlugins, NodeKey, Refused, State } from "@matchforge/core";
import { supportedLevels } from "@matchforge/core";
import { duelText } from "../dice/duel-text.ts";
import { Replica } from "../node/replica.ts";
import type { Dice, Ids } from "../ports.ts";
import { MatcherLoop } from "../room/matcher-loop.ts";
import { ManualClock } from "./manual-clock.ts";

const node: NodeKey = "library/1";

/**
 * A shard inside the caller's own thread: one replica whose log is the order of the calls. The same kernel
 * and the same matcher as in a server; everything a call leads to has happened when it returns.
 */
export class LocalEngine {
  readonly clock: ManualClock;
  readonly #replica: Replica;
  readonly #matcher: MatcherLoop;
  readonly #dice: Dice;
  readonly #listeners = new Set<LocalListener>();
  #queue: Command[] = [];
  #applying = false;
  /** What listeners are still to be told of. */
  readonly #untold: { readonly events: readonly KernelEvent[]; readonly at: number }[] = [];
  #telling = false;

  constructor(options: {
    readonly dice: Dice;
    readonly ids: Ids;
    readonly state: State;
    readonly matching: MatchingPlugins;
    readonly measureMs: () => number;
  }) {
    this.clock = new ManualClock(options.state.at);
    this.#dice = options.dice;
    this.#replica = new Replica({ state: options.state });
    this.#matcher = new MatcherLoop({
      state: () => this.state,
      leads: () => this.state.leader === node,
      submit: (command) => this.#later(command),
      clock: this.clock,
      dice: options.dice,
      ids: options.ids,
      matching: options.matching,
      measureMs: options.measureMs,
    });
    this.#replica.onApplied((entry, events) => this.#applied(entry, events));
    if (!this.state.nodes.has(node)) this.submit({ type: "node.up", levels: supportedLevels });
    if (this.state.leader !== node) this.submit({ type: "node.lead" });
  }

  get state(): State {
    return this.#replica.state;
  }

  onApplied(listener: LocalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Applies a command and all it leads to; returns the command's own events. */
  submit(command: Command): readonly KernelEvent[] {
    const events = this.#apply(command);
    this.#drain();
    return events;
  }

  /** Moves time on: fires deadlines and lets the matcher run. */
  advanceTo(at: number): void {
    if (at < this.clock.now()) throw new RangeError(`time goes back from ${this.clock.now()} to ${at}`);
    this.clock.advanceTo(at);
    this.submit({ type: "node.alive" });
    this.clock.settle();
  }

  #later(command: Command): void {
    this.#queue.push(command);
    if (!this.#applying) this.#drain();
  }

  #drain(): void {
    while (this.#queue.length > 0) for (const command of this.#queue.splice(0)) this.#apply(command);
  }

  #apply(command: Command): readonly KernelEvent[] {
    this.#applying = true;
    try {
      const entry = { position: this.#replica.position + 1, at: this.clock.now(), node, command };
      return this.#replica.apply(entry);
    } finally {
      this.#applying = false;
    }
  }

  #applied(entry: Entry, events: readonly KernelEvent[]): void {
    this.#matcher.applied(entry, events);
    for (const event of events) this.#performEffects(event);
    this.#untold.push({ events, at: entry.at });
    if (!this.#telling) this.#tell();
  }

  /** Everybody is told of one thing before the next: what a listener itself does comes after what it was told of. */
  #tell(): void {
    this.#telling = true;
    try {
      for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift())
        for (const listener of this.#listeners) listener(next.events, next.at);
    } finally {
      this.#telling = false;
    }
  }

  /** The ledger is the kernel's own, so an effect is done as soon as it is owed. */
  #performEffects(event: KernelEvent): void {
    if (event.type === "match.preparing") {
      for (const { key } of event.effects) this.#later({ type: "effect.done", key, txHash: null });
    } else if (event.type === "match.resolved" && event.effect !== null) {
      this.#later({ type: "effect.done", key: event.effect.key, txHash: null });
    } else if (event.type === "match.beginning") {
      const match = this.state.matches.get(event.match);
      if (match !== undefined)
        this.#later({ type: "match.begin", match: match.id, ...duelText(this.#dice, match) });
    }
  }
}

/** Told of everything that happened, in order, with the time of its entry. */
export type LocalListener = (events: readonly KernelEvent[], at: number) => void;

/** Why a command was refused; undefined when it was carried out. */
export function refusalIn(events: readonly KernelEvent[]): Refused | undefined {
  return events.find((event): event is Refused => event.type === "refused");
}
