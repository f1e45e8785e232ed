import {
  type Command,
  createState,
  levelOf,
  type NodeKey,
  type NodeUp,
  type Rules,
  restoreChunk,
  type State,
  supportedLevels,
} from "@matchforge/core";
import type { Log, StoredBatch } from "@matchforge/stores";
import type { Chain } from "../chain/port.ts";
import { engineLimits } from "../limits.ts";
import type { Clock, Dice, Outcome, Report } from "../ports.ts";
import { EffectsReactor } from "../reactors/effects-reactor.ts";
import { AllocationReactor } from "../servers/allocation-reactor.ts";
import { KnownServers } from "../servers/known-servers.ts";
import { ListedServers } from "../servers/listed-servers.ts";
import type { ServerSources } from "../servers/server-sources.ts";
import { Appender } from "./appender.ts";
import { areInForce } from "./are-in-force.ts";
import { Housekeeping } from "./housekeeping.ts";
import { assertFits, assertNameFree, isReplaced, nameTaken } from "./place-in-shard.ts";
import { Replica } from "./replica.ts";
import { Tail } from "./tail.ts";

/**
 * One node of a shard: a replica at the head of the log, the only way to put commands into it, and the
 * duties of a leader when it leads.
 *
 * @example
 * const node = new EngineNode({ log, name: "a", boot: "1", clock, dice, chain: ledgerChain, rules, report, onFatal });
 * await node.start();
 * const outcome = await node.submit({ type: "node.alive" });
 */
export class EngineNode {
  readonly key: NodeKey;
  readonly replica: Replica;
  readonly #options: EngineNodeOptions;
  readonly #appender: Appender;
  readonly #tail: Tail;
  readonly #housekeeping: Housekeeping;
  readonly #effects: EffectsReactor;
  readonly #allocations: AllocationReactor;
  readonly #listed: ListedServers;
  readonly #up: NodeUp;
  #unwatch: () => void = () => {};
  #cancelPoll: () => void = () => {};
  #isUp = false;
  #stopped = false;

  constructor(options: EngineNodeOptions) {
    const { log, name, boot, clock, dice, chain, rules, report, onFatal } = options;
    this.#options = options;
    this.key = `${name}/${boot}`;
    this.replica = new Replica();
    const state = () => this.replica.state;
    const leads = () => this.leads;
    const submit = (command: Command) => this.submit(command);
    this.#tail = new Tail({
      log,
      replica: this.replica,
      node: name,
      boot,
      clock,
      report,
      onBatch: (batch) => options.onBatch?.(batch),
    });
    this.#appender = new Appender({
      log,
      node: name,
      boot,
      clock,
      report,
      onFatal,
      onAppended: (batch) => this.#tail.own(batch),
    });
    const lastAppendAt = () => this.#appender.lastAppendAt;
    const alive = () => this.alive;
    const { levels = supportedLevels, address = null } = options;
    this.#up = { type: "node.up", levels, address };
    this.#housekeeping = new Housekeeping({
      clock,
      dice,
      state,
      leads,
      alive,
      submit,
      rejoin: () => this.#rejoin(),
      lastAppendAt,
      rules,
    });
    this.#effects = new EffectsReactor({ state, leads, submit, chain, dice, clock, report });
    const { allocators = ["registry"], listed = [], credentialFor = () => "" } = options.servers ?? {};
    this.#allocations = new AllocationReactor({
      state,
      leads,
      submit,
      allocators: allocators.map((one) =>
        typeof one === "string" ? new KnownServers({ name: one, submit, state }) : one,
      ),
      credentialFor,
      clock,
      report,
    });
    this.#listed = new ListedServers({ state, leads, submit, listed });
    this.replica.onApplied((entry, events) => {
      this.#housekeeping.applied(events);
      // Two processes of one name would take turns in calling each other lost: the older one, this one, ends.
      if (this.#isUp && !this.#stopped && isReplaced(this.key, events)) this.#end(nameTaken(this.key));
      this.#effects.applied(events);
      this.#allocations.applied(events);
      this.#listed.applied(events);
      if (entry.node === this.key) this.#appender.applied(entry.position, events);
    });
  }

  get state(): State {
    return this.replica.state;
  }

  /** Whether this node leads the shard, as far as it has read the log. */
  get leads(): boolean {
    return this.state.leader === this.key;
  }

  /** Whether this node counts: false before its `node.up` and after the shard has given it up. */
  get alive(): boolean {
    return this.state.nodes.has(this.key);
  }

  /** Shard time now, as far as this node can tell between two entries. */
  shardTime(): number {
    return this.#housekeeping.shardTime();
  }

  /** Puts a command into the log; resolves when it stands there and is applied here. */
  submit(command: Command): Promise<Outcome> {
    return this.#appender.submit(command);
  }

  /**
   * Restores the newest snapshot, reads the rest of the log, and takes its place in the shard.
   *
   * @throws EngineError `LEVEL_NOT_SUPPORTED` or `SECRET_DIFFERS` where this node cannot be part of the shard.
   */
  async start(): Promise<void> {
    const { log } = this.#options;
    const state = await restoreNewest(log, this.#options.snapshotAtMost);
    if (state !== undefined) this.replica.reset(state);
    this.#options.onRestored?.(this.state);
    await this.#tail.catchUp((await log.head()).position);
    this.#assertFits();
    await this.submit(this.#up);
    this.#isUp = true;
    this.#assertFits();
    await this.#housekeeping.settleIn();
    this.#housekeeping.start();
    this.#compareRules();
    if (this.#options.shared) this.#followOthers();
  }

  /** The leader's rules hold. Whoever brings others is told so, because nobody would see it before the lead changes. */
  #compareRules(): void {
    const { rules, report } = this.#options;
    if (rules === undefined || areInForce(rules, this.state)) return;
    if (levelOf(rules) > this.state.level) {
      const detail = `The rules need kernel level ${levelOf(rules)}, and the shard is at ${this.state.level}.`;
      report({ code: "LEVEL_TOO_LOW", detail: `${detail} Older nodes, or kernel_level_max, keep it there.` });
    }
    if (this.state.rulesBy !== undefined) {
      const detail = `The shard plays by rules that ${this.state.rulesBy} has uploaded, not by this node's.`;
      report({
        code: "RULES_DIFFER",
        detail: `${detail} They hold until an operator adopts the nodes' own.`,
      });
      return;
    }
    if (this.leads) return;
    const detail = "The shard plays by other rules than this node's, which come into force when it leads.";
    report({ code: "RULES_DIFFER", detail: `${detail} Give all nodes the same rules.` });
  }

  /** Others write to the log as well: wake-ups tell of it, and a look every so often makes up for lost ones. */
  #followOthers(): void {
    const { log, clock, onFatal } = this.#options;
    const look = () =>
      void this.#tail.look().catch((error: unknown) => {
        // A look that was on its way when the node stopped may find the store closed.
        if (!this.#stopped) onFatal(error);
      });
    const poll = () => {
      if (this.#stopped) return;
      look();
      this.#cancelPoll = clock.after(engineLimits.pollEveryMs, poll);
    };
    this.#unwatch = log.watch(look);
    poll();
  }

  /** Hands over: players' deadlines are extended, others take the lead, then this node falls silent. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    await this.submit({ type: "node.draining" });
    await this.halt();
  }

  #assertFits(): void {
    assertFits(this.state, { levels: this.#up.levels, dice: this.#options.dice });
  }

  /** A node that was given up for lost comes back, unless the shard has become one it would not understand. */
  #rejoin(): void {
    try {
      this.#assertFits();
      assertNameFree(this.key, this.state);
    } catch (error) {
      return this.#end(error);
    }
    void this.submit(this.#up);
  }

  #end(error: unknown): void {
    void this.halt();
    this.#options.onFatal(error);
  }

  /** Stops at once and tells nobody, as a crash would. */
  async halt(): Promise<void> {
    this.#stopped = true;
    this.#housekeeping.stop();
    this.#allocations.stop();
    this.#unwatch();
    this.#cancelPoll();
    this.#appender.stop();
    while (!this.#appender.idle) await new Promise<void>((resume) => this.#options.clock.after(1, resume));
  }
}

/**
 * The state of the newest snapshot at or before a position.
 *
 * @example
 * const state = (await restoreNewest(log, undefined)) ?? createState();
 */
export async function restoreNewest(log: Log, atMost: number | undefined): Promise<State | undefined> {
  const snapshot = await log.readSnapshot(atMost === undefined ? {} : { atMost });
  if (snapshot === undefined) return undefined;
  const state = createState();
  let failure: unknown;
  for await (const chunk of snapshot.chunks) {
    if (failure !== undefined) continue;
    try {
      restoreChunk(state, chunk);
    } catch (error) {
      // Whether the chunks are those that were written is known after the last one, and is the better reason.
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return state;
}

export interface EngineNodeOptions {
  readonly log: Log;
  readonly name: string;
  /** Differs for every start of the node. */
  readonly boot: string;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly chain: Chain;
  readonly rules: Rules | undefined;
  readonly report: Report;
  readonly onFatal: (error: unknown) => void;
  /** Whether other nodes write to the same log, so that it must be read. */
  readonly shared: boolean;
  /** Where game servers come from; by default from those that register. */
  readonly servers?: ServerSources;
  /** The kernel levels this node lets the shard rise to; by default all that this build can replay. */
  readonly levels?: readonly number[];
  /** Where other nodes reach this one's relay; null, the default, where they do not. */
  readonly address?: string | null;
  /** The newest snapshot that may be used: nothing after it is missing from the archive. */
  readonly snapshotAtMost?: number;
  /** Told of each batch before it is applied here: feeds the replica of the engine room. */
  readonly onBatch?: (batch: StoredBatch) => void;
  readonly onRestored?: (state: State) => void;
}
