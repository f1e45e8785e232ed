import assert from "node:assert/strict";
import { type Command, type PlayerId, type Rules, rulesProblems, type TicketId } from "@matchforge/core";
import { type Archive, type Log, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import { createSecretDice, EngineNode, EngineRoom, ledgerChain } from "matchforge";
import { NodeClock } from "../../src/time/node-clock.ts";
import { VirtualTime } from "../../src/time/virtual-time.ts";

/** Somebody of a recorded log: when they come, with which rating, and when they take the ticket back. */
export interface Visitor {
  readonly at: number;
  readonly mode: string;
  readonly rating: number;
  readonly draw: number;
  readonly cancelsAt: number | null;
}

/** One real node with its engine room over a log in memory, in virtual time: whatever it does stands in its log. */
export class RecordedShard {
  readonly time = new VirtualTime();
  readonly #log = new MemoryLogStore({ now: () => 1_000 + Math.floor(this.time.now) });
  readonly #archive = new MemoryArchiveStore();
  readonly problems: string[] = [];
  readonly #node: EngineNode;
  readonly #room: EngineRoom;

  /** A shard trims its log behind its snapshots. */
  constructor(rules: Rules, snapshotEveryEntries = 1_000_000) {
    assert.deepEqual(rulesProblems(rules), []);
    const clock = new NodeClock({ time: this.time, rate: 1, skewMs: 0 });
    const dice = createSecretDice("5eed".repeat(16));
    const report = ({ code, detail }: { code: string; detail: string }) =>
      void this.problems.push(`${code} ${detail}`);
    const node = new EngineNode({
      log: this.#log.connect(),
      name: "recorded",
      boot: "1",
      clock,
      dice,
      chain: ledgerChain,
      rules,
      report,
      onFatal: (error) => this.problems.push(String(error)),
      shared: false,
    });
    let serial = 0;
    this.#room = new EngineRoom({
      state: () => node.state,
      node: node.key,
      log: this.#log.connect(),
      archive: this.#archive.connect(),
      submit: (command) => void node.submit(command),
      clock,
      dice,
      ids: {
        next: (prefix) => {
          serial += 1;
          return `${prefix}_${serial}`;
        },
      },
      report,
      snapshotEveryEntries,
    });
    this.#node = node;
    node.replica.onApplied((entry, events) => this.#room.applied(entry, events));
  }

  /** Where its past is kept. */
  get stores(): { readonly log: Log; readonly archive: Archive } {
    return { log: this.#log.connect(), archive: this.#archive.connect() };
  }

  /** Lives through visits, and on until `until`. */
  async live(visitors: readonly Visitor[], until: number): Promise<void> {
    this.time.after(0, () => void this.#room.start().then(() => this.#node.start()));
    for (const [number, visitor] of visitors.entries()) {
      this.time.after(visitor.at, () => this.#come(visitor, number));
      if (visitor.cancelsAt !== null)
        this.time.after(visitor.cancelsAt, () =>
          this.#submit({ type: "ticket.cancel", player: `player_${number}` }),
        );
    }
    await this.time.run(() => this.time.now >= until);
  }

  #come({ mode, rating, draw }: Visitor, number: number): void {
    const player: PlayerId = `player_${number}`;
    const ticket: TicketId = `ticket_${number}`;
    const secretEpoch = [...this.#node.state.secretEpochs.keys()].at(-1);
    assert.ok(secretEpoch !== undefined, "the shard has no leader yet");
    const record = { mode, rating, deviation: 0, volatility: 0, games: 1, wins: 0, meanWpm: 0 };
    this.#submit({ type: "player.connected", player, node: this.#node.key, guest: false });
    this.#submit({
      type: "ticket.enqueue",
      ticket,
      player,
      members: [player],
      party: null,
      pools: [{ mode, tier: null }],
      draw,
      secretEpoch,
      records: [record],
    });
  }

  #submit(command: Command): void {
    void this.#node.submit(command);
  }
}
