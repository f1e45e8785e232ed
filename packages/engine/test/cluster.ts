import {
  type Command,
  defineMode,
  defineRules,
  duelSearch,
  type NodeKey,
  type PlayerId,
  type Rules,
  type State,
} from "@matchforge/core";
import { type Archive, type Log, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import {
  type Chain,
  createSecretDice,
  EngineNode,
  EngineRoom,
  ledgerChain,
  ManualClock,
  type Outcome,
  type ServerSources,
} from "../src/index.ts";

/** Lets everything that promises hold happen; nothing here waits for the machine's own time. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const elo = { system: "elo", k: 32, initial: 1_500, rounding: "none" } as const;

export const rules = defineRules({
  modes: [
    defineMode({ id: "quick", countdownMs: 0 }),
    defineMode({
      id: "duel",
      game: "typing_duel",
      stakes: [{ tier: "low", stake: "100" }],
      requires: ["escrow"],
      countdownMs: 1_000,
    }),
    defineMode({
      id: "hosted_duel",
      stakes: [{ tier: "low", stake: "100" }],
      requires: ["escrow", "server"],
      readyCheckMs: null,
      countdownMs: 0,
    }),
    defineMode({ id: "hosted", requires: ["server"], readyCheckMs: null, countdownMs: 0 }),
    defineMode({ id: "ranked", rating: elo, readyCheckMs: null, countdownMs: 0 }),
    defineMode({
      id: "squad",
      teams: [2, 2],
      roles: [
        { role: "tank", count: 1 },
        { role: "healer", count: 1 },
      ],
      rating: elo,
      readyCheckMs: null,
      countdownMs: 0,
    }),
    defineMode({
      id: "war",
      teams: [
        { min: 3, max: 8 },
        { min: 3, max: 8 },
      ],
      search: { ...duelSearch, sideDifferenceMax: 2 },
      territories: ["alpha", "beta"],
      siege: { gatherMs: 2_000, membersMin: 3, membersMax: 8, sideDifferenceMax: 2 },
      stakes: [{ tier: "gold", stake: "600" }],
      stakePer: "side",
      requires: ["escrow"],
      readyCheckMs: null,
      countdownMs: 0,
    }),
  ],
  ledger: { faucet: "1000", faucetEveryMs: 0 },
});

export interface TestNode {
  readonly engine: EngineNode;
  readonly problems: string[];
  readonly fatal: unknown[];
}

/** Nodes over one log in memory, under a clock that the test moves. */
export class Cluster {
  readonly clock = new ManualClock();
  readonly store = new MemoryLogStore({ now: () => 1_000 + Math.floor(this.clock.now()) });
  readonly archive: Archive = new MemoryArchiveStore().connect();
  readonly nodes: TestNode[] = [];
  #serial = 0;

  /** Moves time on in small steps and lets everybody work. */
  async pass(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    while (this.clock.now() < until) {
      this.clock.advanceTo(Math.min(until, this.clock.now() + 10));
      await this.work();
    }
  }

  async work(): Promise<void> {
    for (let turn = 0; turn < 6; turn += 1) {
      this.clock.settle();
      await settled();
    }
  }

  /** Waits for a promise while time passes. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let done = false;
    const watched = promise.finally(() => {
      done = true;
    });
    watched.catch(() => {});
    for (let turn = 0; turn < 2_000 && !done; turn += 1) await this.pass(10);
    if (!done) throw new Error("nothing came of it in 20 s");
    return watched;
  }

  async start(
    options: {
      name?: string;
      boot?: string;
      log?: Log;
      chain?: Chain;
      servers?: ServerSources;
      room?: boolean;
      snapshotEvery?: number;
      hashEvery?: number;
      levels?: readonly number[];
      secret?: string;
      snapshotAtMost?: number;
      rules?: Rules;
      onRestored?: (state: State) => void;
    } = {},
  ): Promise<TestNode> {
    const { name = "a", boot = "1", log = this.store.connect(), chain = ledgerChain } = options;
    const dice = createSecretDice(options.secret ?? "ab".repeat(32));
    const problems: string[] = [];
    const fatal: unknown[] = [];
    const engine = new EngineNode({
      log,
      name,
      boot,
      clock: this.clock,
      dice,
      chain,
      rules: options.rules ?? rules,
      shared: true,
      report: ({ code, detail }) => problems.push(`${code} ${detail}`),
      onFatal: (error) => fatal.push(error),
      ...(options.levels !== undefined && { levels: options.levels }),
      ...(options.servers !== undefined && { servers: options.servers }),
      ...(options.snapshotAtMost !== undefined && { snapshotAtMost: options.snapshotAtMost }),
      ...(options.onRestored !== undefined && { onRestored: options.onRestored }),
    });
    if (options.room !== false) {
      const room = new EngineRoom({
        state: () => engine.state,
        node: engine.key,
        log,
        archive: this.archive,
        clock: this.clock,
        dice,
        ids: {
          next: (prefix) => {
            this.#serial += 1;
            return `${prefix}_${this.#serial}`;
          },
        },
        submit: (command) => void engine.submit(command),
        report: ({ code, detail }) => problems.push(`${code} ${detail}`),
        onDiffers: (error) => fatal.push(error),
        ...(options.hashEvery !== undefined && { hashEveryEntries: options.hashEvery }),
        ...(options.snapshotEvery !== undefined && { snapshotEveryEntries: options.snapshotEvery }),
      });
      engine.replica.onApplied((entry, events) => room.applied(entry, events));
      await room.start();
    }
    await this.until(engine.start());
    const node = { engine, problems, fatal };
    this.nodes.push(node);
    return node;
  }

  /** Submits and waits for the outcome. */
  submit(node: TestNode, command: Command): Promise<Outcome> {
    return this.until(node.engine.submit(command));
  }

  async connect(node: TestNode, player: PlayerId): Promise<Outcome> {
    return this.submit(node, { type: "player.connected", player, node: node.engine.key, guest: true });
  }

  async enqueue(
    node: TestNode,
    player: PlayerId,
    mode = "quick",
    tier: string | null = null,
  ): Promise<Outcome> {
    this.#serial += 1;
    const secretEpoch = [...node.engine.state.secretEpochs.keys()].at(-1) ?? 0;
    return this.submit(node, {
      type: "ticket.enqueue",
      ticket: `ticket_${this.#serial}`,
      player,
      members: [player],
      party: null,
      pools: [{ mode, tier }],
      draw: this.#serial,
      secretEpoch,
    });
  }

  /** Every command of the log with the node that appended it. */
  async commands(): Promise<{ readonly node: NodeKey; readonly command: Command }[]> {
    const batches = await this.store.connect().read({ from: 1, limit: 10_000 });
    return batches.flatMap(({ node, boot, commands }) =>
      (JSON.parse(commands) as Command[]).map((command) => ({ node: `${node}/${boot}` as const, command })),
    );
  }
}
