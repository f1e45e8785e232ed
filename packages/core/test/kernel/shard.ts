import assert from "node:assert/strict";
import {
  applyEntry,
  brokenInvariants,
  type Command,
  commitText,
  createState,
  type Entry,
  type KernelEvent,
  type Match,
  type MatchId,
  type MatchState,
  type NodeKey,
  noQuality,
  type Player,
  type PlayerId,
  type Rules,
  restoreState,
  type State,
  sha256Hex,
  snapshotChunks,
  stateHash,
  supportedLevels,
  type Ticket,
  type TicketEnqueue,
  type TicketId,
} from "../../src/index.ts";
import { testRules } from "./modes.ts";

/** The text of every duel of the tests. */
export const duelText = "ls -l";
export const duelSalt = "pepper";

export type EventOf<Type extends KernelEvent["type"]> = Extract<KernelEvent, { readonly type: Type }>;

/**
 * A shard whose log is this object: entries are stamped with a virtual clock and applied at once, and the
 * invariants are checked after each of them.
 */
export class Shard {
  state: State = createState();
  readonly entries: Entry[] = [];
  /** All events so far. */
  readonly happened: KernelEvent[] = [];
  readonly node: NodeKey = "alpha/1";
  at = 1_700_000_000_000;
  #named = 0;

  /** A shard with one node that leads, one secret epoch and the tests' rules. */
  static started(rules: Rules = testRules, state: State = createState()): Shard {
    const shard = new Shard();
    shard.state = state;
    shard.apply({ type: "node.up", levels: supportedLevels });
    shard.apply({ type: "node.lead" });
    shard.apply({ type: "rules.configure", rules });
    shard.openEpoch(1);
    return shard;
  }

  /** Appends a command at the current time, without a look at the invariants. */
  judge(command: Command, node: NodeKey = this.node): KernelEvent[] {
    const entry = { position: this.state.position + 1, at: this.at, node, command };
    this.entries.push(entry);
    const events = applyEntry(this.state, entry);
    this.happened.push(...events);
    return events;
  }

  /** Appends a command at the current time; returns what happened. */
  apply(command: Command, node: NodeKey = this.node): KernelEvent[] {
    const events = this.judge(command, node);
    const entry = this.entries.at(-1);
    assert.deepEqual(brokenInvariants(this.state), [], `after ${JSON.stringify(entry)}`);
    return events;
  }

  /** Lets time pass: every node says that it is alive, at least once a second. */
  wait(ms: number, nodes: readonly NodeKey[] = [...this.state.nodes.keys()]): KernelEvent[] {
    const events: KernelEvent[] = [];
    for (let left = ms; left > 0; left -= 1_000) {
      this.at += Math.min(left, 1_000);
      for (const node of nodes) events.push(...this.apply({ type: "node.alive" }, node));
    }
    return events;
  }

  openEpoch(number: number): KernelEvent[] {
    const hash = sha256Hex(`secret ${number}`);
    return this.apply({ type: "epoch.open", term: this.state.term, number, hash });
  }

  connect(
    name: string,
    { node = this.node, guest = false }: { node?: NodeKey; guest?: boolean } = {},
  ): PlayerId {
    const player: PlayerId = `player_${name}`;
    this.apply({ type: "player.connected", player, node, guest }, node);
    return player;
  }

  disconnect(player: PlayerId): KernelEvent[] {
    return this.apply({ type: "player.disconnected", player, epoch: this.player(player).epoch });
  }

  /** The command with which somebody queues alone; `change` overrides any of it. */
  enqueueCommand(player: PlayerId, mode: string, change: Partial<TicketEnqueue> = {}): TicketEnqueue {
    this.#named += 1;
    const tier = testRules.modes.find(({ id }) => id === mode)?.stakes[0]?.tier ?? null;
    return {
      type: "ticket.enqueue",
      ticket: `ticket_${this.#named}`,
      player,
      members: [player],
      party: null,
      pools: [{ mode, tier }],
      draw: 0,
      secretEpoch: 1,
      ...change,
    };
  }

  enqueue(player: PlayerId, mode: string, change: Partial<TicketEnqueue> = {}): TicketId {
    const command = this.enqueueCommand(player, mode, change);
    assert.equal(refusal(this.apply(command)), undefined);
    return command.ticket;
  }

  proposeCommand(
    teams: readonly (readonly TicketId[])[],
    pool: string,
  ): Extract<Command, { type: "matcher.propose" }> {
    this.#named += 1;
    const typed = pool.startsWith("duel");
    return {
      type: "matcher.propose",
      term: this.state.term,
      match: `match_${this.#named}`,
      pool,
      rulesVersion: this.state.rulesVersion,
      teams,
      quality: noQuality,
      secretEpoch: 1,
      commitment: typed ? commitText({ salt: duelSalt, text: duelText }) : null,
    };
  }

  propose(teams: readonly (readonly TicketId[])[], pool: string): MatchId {
    const command = this.proposeCommand(teams, pool);
    assert.equal(refusal(this.apply(command)), undefined);
    return command.match;
  }

  player(id: PlayerId): Player {
    return present(this.state.players.get(id), id);
  }

  ticket(id: TicketId): Ticket {
    return present(this.state.tickets.get(id), id);
  }

  match(id: MatchId): Match {
    return present(this.state.matches.get(id), id);
  }

  stateOf(id: MatchId): MatchState | undefined {
    return this.state.matches.get(id)?.phase.state;
  }

  /** Tickets of a pool in the order in which a wave serves them. */
  queue(pool: string): TicketId[] {
    return present(this.state.pools.get(pool), pool)
      .index.byAge.chunks.flat()
      .map(({ ticketId }) => ticketId);
  }

  copy(): State {
    return restoreState([...snapshotChunks(this.state)], this.state.plugins);
  }

  /** Continues on a snapshot of itself, as a node that restarts does. */
  restart(): void {
    this.state = this.copy();
  }

  /** A command is refused with a code, and leaves nothing behind but the clock. */
  refuses(command: Command, code: string, node: NodeKey = this.node): void {
    const idle = this.copy();
    applyEntry(idle, {
      position: idle.position + 1,
      at: this.at,
      node,
      command: { type: "node.alive" },
    });
    const events = this.apply(command, node);
    assert.deepEqual(
      events.map((event) => (event.type === "refused" ? event.code : event.type)),
      [code],
    );
    assert.equal(stateHash(this.state), stateHash(idle), `${command.type} was refused but left something`);
  }
}

export function refusal(events: readonly KernelEvent[]): string | undefined {
  return find(events, "refused")?.code;
}

export function find<Type extends KernelEvent["type"]>(
  events: readonly KernelEvent[],
  type: Type,
): EventOf<Type> | undefined {
  return events.find((event): event is EventOf<Type> => event.type === type);
}

/** The event of that type; fails when there is none. */
export function expectEvent<Type extends KernelEvent["type"]>(
  events: readonly KernelEvent[],
  type: Type,
): EventOf<Type> {
  return present(find(events, type), type);
}

export function typesOf(events: readonly KernelEvent[]): string[] {
  return events.map((event) => event.type);
}

function present<T>(value: T | undefined, what: string): T {
  assert.ok(value !== undefined, `there is no ${what}`);
  return value;
}
