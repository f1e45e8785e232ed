import {
  type Command,
  currentMode,
  type Match,
  matchPlayerOf,
  type Player,
  type PlayerId,
  type RequestOrigin,
} from "@matchforge/core";
import type { FaultCounts } from "../faults/fault-counts.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { SimulatedNode } from "../world/simulated-node.ts";
import { hostileCommand } from "./hostile-command.ts";
import { partyRequest } from "./party-request.ts";
import { drawTraits, type PlayerTraits } from "./player-traits.ts";
import { nextTyping } from "./typing.ts";

interface Connection {
  readonly node: SimulatedNode;
  readonly boot: number;
  readonly epoch: number;
}

type Request = Extract<Command, { readonly origin?: RequestOrigin }>;

/**
 * A player as a gateway sees one: looks at what is going on every so often and does something about it, or
 * loses the connection, comes back elsewhere and sends again what was never answered.
 */
export class SimulatedPlayer {
  readonly id: PlayerId;
  readonly #options: SimulatedPlayerOptions;
  readonly #traits: PlayerTraits;
  #connection: Connection | null = null;
  #connecting = false;
  #unanswered: Request | null = null;
  #inFlight = false;
  #requests = 0;
  #decidedMatch = "";

  constructor(options: SimulatedPlayerOptions) {
    this.#options = options;
    this.id = `player_${options.index}`;
    this.#traits = drawTraits(options.random);
  }

  /** From here on the player is in the world. */
  enter(): void {
    const { time, random } = this.#options;
    const step = () => {
      this.#look();
      time.after(random.between(200, 1_800), step);
    };
    time.after(random.between(0, 3_000), step);
  }

  /** The node this player may be connected to has crashed. */
  nodeCrashed(node: SimulatedNode): void {
    if (this.#connection?.node === node) this.#lose();
  }

  #lose(): void {
    this.#connection = null;
    this.#inFlight = false;
  }

  #look(): void {
    const connection = this.#connection;
    if (connection === null) {
      if (!this.#connecting) this.#connect();
      return;
    }
    const { node } = connection;
    if (!node.reachable || node.boot !== connection.boot) return;
    const me = node.state.players.get(this.id);
    if (me === undefined || me.epoch !== connection.epoch) return this.#lose();
    const { random, calm } = this.#options;
    if (!calm() && random.chance(this.#traits.disconnectChance / 10)) return this.#disconnect(connection);
    if (this.#inFlight) return;
    if (!calm() && random.chance(this.#traits.hostileChance / 10)) this.#beHostile(connection);
    if (this.#unanswered !== null) {
      this.#options.counts.add("resent_request");
      return this.#request(connection, this.#unanswered);
    }
    this.#act(connection, me);
  }

  #connect(): void {
    const { nodes, random } = this.#options;
    const node = random.pick(nodes);
    if (!node.reachable) return;
    const { boot } = node;
    this.#connecting = true;
    const give = () => {
      this.#connecting = false;
    };
    this.#options.time.after(5_000, give);
    void node
      .submit({ type: "player.connected", player: this.id, node: node.key, guest: true })
      .then((outcome) => {
        give();
        if (!outcome.ok || node.boot !== boot || !node.reachable) return;
        if (outcome.events.some((event) => event.type === "refused")) return;
        if (this.#connection === null) this.#connection = { node, boot, epoch: outcome.position };
      });
  }

  /** The line is cut; the node may notice late, perhaps after the player is back elsewhere. */
  #disconnect(connection: Connection): void {
    const { time, random, counts } = this.#options;
    const { node, boot, epoch } = connection;
    this.#lose();
    const late = random.chance(0.5);
    counts.add(late ? "late_disconnect" : "disconnect");
    this.#connecting = true;
    time.after(random.between(100, 50_000), () => {
      this.#connecting = false;
    });
    time.after(late ? random.between(1_000, 20_000) : 0, () => {
      if (node.boot === boot && node.reachable) {
        void node.submit({ type: "player.disconnected", player: this.id, epoch });
      }
    });
  }

  #beHostile(connection: Connection): void {
    const { random, counts } = this.#options;
    counts.add("hostile_command");
    void connection.node.submit(hostileCommand({ random, player: this.id, state: connection.node.state }));
  }

  #request(connection: Connection, request: Request): void {
    this.#unanswered = request;
    this.#inFlight = true;
    void connection.node.submit(request).then((outcome) => {
      if (this.#connection !== connection) return;
      this.#inFlight = false;
      if (outcome.ok) this.#unanswered = null;
    });
  }

  #origin(): RequestOrigin {
    this.#requests += 1;
    return { key: `${this.id}/${this.#requests}`, bodyHash: this.#requests };
  }

  #act(connection: Connection, me: Readonly<Player>): void {
    const state = connection.node.state;
    const match = me.match === null ? undefined : state.matches.get(me.match);
    if (match !== undefined) return this.#play(connection, match);
    const { random, wanted } = this.#options;
    if (me.ticket !== null) {
      if (!random.chance(this.#traits.cancelChance / 20)) return;
      return this.#request(connection, { type: "ticket.cancel", player: this.id, origin: this.#origin() });
    }
    if (!wanted()) return;
    const name = `${this.id.slice(7)}x${this.#requests + 1}`;
    const request = partyRequest({ state, me, random, name });
    if (request !== undefined) return this.#request(connection, { ...request, origin: this.#origin() });
    if (random.chance(1_000 / this.#traits.thinkMs)) this.#enqueue(connection, me);
  }

  #enqueue(connection: Connection, me: Readonly<Player>): void {
    const { random } = this.#options;
    const { state, key, boot } = connection.node;
    const secretEpoch = [...state.secretEpochs.keys()].at(-1);
    if (secretEpoch === undefined) return;
    const party = me.party === null ? undefined : state.parties.get(me.party);
    if (party !== undefined && (party.leader !== this.id || party.members.length < 2)) return;
    const mode =
      party === undefined
        ? random.pick(["duel", "duel", "duel", "practice", "external", "squad", "squad", "brawl"])
        : "squad";
    const rules = currentMode(state, mode);
    if (rules === undefined) return;
    const tier = rules.stakes.length === 0 ? null : random.pick(rules.stakes).tier;
    const bounded = random.chance(0.1);
    this.#request(connection, {
      type: "ticket.enqueue",
      ticket: `ticket_${this.id.slice(7)}x${this.#requests + 1}x${key.slice(0, 5)}${boot}`,
      player: this.id,
      members: party?.members.map(({ player }) => player) ?? [this.id],
      party: party?.id ?? null,
      pools: [{ mode, tier }],
      wishes: {
        opponentMin: bounded ? 1_000 : null,
        opponentMax: bounded ? 1_400 : null,
        expandSearch: !random.chance(0.1),
        ...(mode === "squad" && { roles: [random.pick([[], ["tank"], ["healer"], ["tank", "healer"]])] }),
        ...(random.chance(0.02) && { blocked: [random.pick([...state.players.keys()])] }),
      },
      draw: random.uint32(),
      secretEpoch,
      origin: this.#origin(),
    });
  }

  #play(connection: Connection, match: Readonly<Match>): void {
    const own = matchPlayerOf(match as Match, this.id);
    if (own === undefined) return;
    const { random } = this.#options;
    const named = { match: match.id, player: this.id };
    if (match.phase.state === "MATCHED") {
      if (own.accepted || this.#decidedMatch === match.id) return;
      if (!own.notified) void connection.node.submit({ type: "match.notified", ...named });
      this.#decidedMatch = match.id;
      const luck = random.fraction();
      if (luck < this.#traits.acceptChance) {
        this.#request(connection, { type: "match.accept", ...named, origin: this.#origin() });
      } else if (luck < this.#traits.acceptChance + this.#traits.declineChance) {
        this.#request(connection, { type: "match.decline", ...named, origin: this.#origin() });
      }
      return;
    }
    if (own.forfeited) return;
    if (match.phase.state === "READY" && match.phase.awaitsDispatch && random.chance(0.3))
      void connection.node.submit({ type: "match.dispatch", match: match.id, server: "eu-1" });
    if (random.chance(this.#traits.abandonChance / 20)) {
      this.#request(connection, { type: "match.abandon", ...named, origin: this.#origin() });
      return;
    }
    const { state } = connection.node;
    const typed = nextTyping({
      match,
      own,
      epoch: connection.epoch,
      wpm: this.#traits.wpm,
      at: state.time,
      random,
    });
    if (typed !== undefined) void connection.node.submit(typed);
  }
}

export interface SimulatedPlayerOptions {
  readonly index: number;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly nodes: readonly SimulatedNode[];
  readonly counts: FaultCounts;
  /** Whether the world still wants matches. */
  readonly wanted: () => boolean;
  /** Whether the world is to come to rest: nobody misbehaves any more. */
  readonly calm: () => boolean;
}
