import type { KernelEvent, MatchId, Player, PlayerId, TicketEnqueue } from "@matchforge/core";
import type { Outcome } from "matchforge";
import type { Promises } from "../audit/promises.ts";
import { ToldPlayer } from "../audit/told-player.ts";
import type { FaultCounts } from "../faults/fault-counts.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { NodeRun } from "../world/node-run.ts";
import type { SimulatedNode } from "../world/simulated-node.ts";
import { hostileCommand } from "./hostile-command.ts";
import { nextRequest } from "./next-request.ts";
import { playMoves } from "./play-moves.ts";
import { drawTraits, type PlayerTraits } from "./player-traits.ts";
import type { Request } from "./request.ts";
import { drawServedTemper, type ServedTemper, type Showing } from "./served-moves.ts";

interface Connection {
  readonly node: SimulatedNode;
  readonly run: NodeRun;
  readonly epoch: number;
}

/** A node that says nothing for so long is taken for dead. */
const silentMs = 5_000;
/** Whoever asks again after longer is not known any more. */
const askedAgainForMs = 90_000;

/**
 * A player as a gateway sees one: looks at what is going on every so often and does something about it, or
 * loses the connection, comes back elsewhere and sends again what was never answered.
 */
export class SimulatedPlayer {
  readonly id: PlayerId;
  readonly #options: SimulatedPlayerOptions;
  readonly #traits: PlayerTraits;
  readonly #told: ToldPlayer;
  #connection: Connection | null = null;
  #connecting = false;
  #heardAt = 0;
  #unanswered: { readonly request: Request; readonly since: number } | null = null;
  #inFlight = false;
  #requests = 0;
  #lastMatch: MatchId = "match_none";
  #mood: "decided" | "prompt" | "hesitant" = "decided";
  #temper: ServedTemper;

  constructor(options: SimulatedPlayerOptions) {
    this.#options = options;
    this.id = `player_${options.index}`;
    this.#traits = drawTraits(options.random);
    this.#temper = drawServedTemper(options.random);
    const { promises, violate } = options;
    this.#told = new ToldPlayer({ id: this.id, promises, violate });
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

  /** The node this player may be connected to is gone. */
  nodeGone(node: SimulatedNode): void {
    if (this.#connection?.node !== node) return;
    this.#lose();
    const { random, time } = this.#options;
    if (!random.chance(this.#traits.staysAwayChance)) return;
    this.#connecting = true;
    time.after(random.between(60_000, 100_000), () => {
      this.#connecting = false;
    });
  }

  /** A node has applied an entry: it tells those who are connected to it, until it sees that they are elsewhere. */
  applied(run: NodeRun, ...applied: Parameters<ToldPlayer["hear"]>): void {
    const connection = this.#connection;
    if (connection?.run !== run) return;
    if (run.state.players.get(this.id)?.epoch === connection.epoch) this.#told.hear(...applied);
  }

  #lose(): void {
    this.#connection = null;
    this.#inFlight = false;
  }

  #look(): void {
    const connection = this.#connection;
    if (connection === null) return this.#connect();
    const { time, random, wanted, counts, hostility } = this.#options;
    const { node, run } = connection;
    if (!run.reachable) {
      if (time.now - this.#heardAt > silentMs) this.#lose();
      return;
    }
    this.#heardAt = time.now;
    const me = node.state.players.get(this.id);
    if (me === undefined || me.epoch !== connection.epoch) return this.#lose();
    this.#told.compare(node.state);
    if (wanted()) {
      if (random.chance(this.#traits.disconnectChance)) return this.#disconnect(connection);
      if (random.chance(this.#traits.secondDeviceChance)) {
        counts.add("second_device");
        return this.#connect();
      }
      if (random.chance(this.#traits.hostileChance * hostility)) this.#beHostile(connection);
    }
    if (!this.#inFlight) this.#goOn(connection, me);
  }

  #goOn(connection: Connection, me: Readonly<Player>): void {
    const { time, counts } = this.#options;
    const unanswered = this.#unanswered;
    if (unanswered !== null && time.now - unanswered.since < askedAgainForMs) {
      counts.add("resent_request");
      return this.#send(connection, unanswered.request);
    }
    this.#unanswered = null;
    this.#act(connection, me);
  }

  #connect(): void {
    const { nodes, random, time } = this.#options;
    const node = random.pick(nodes);
    if (this.#connecting || !node.reachable) return;
    const { run } = node;
    this.#connecting = true;
    const replaced = this.#connection;
    const give = () => {
      this.#connecting = false;
    };
    time.after(silentMs, give);
    void node
      .submit({ type: "player.connected", player: this.id, node: node.key, guest: true })
      .then((outcome) => {
        give();
        if (!outcome.ok || !run.reachable || isRefused(outcome)) return;
        if (this.#connection !== replaced) return;
        if (replaced !== null) this.#close(replaced, random.between(0, 3_000));
        this.#connection = { node, run, epoch: outcome.position };
        this.#inFlight = false;
        this.#heardAt = time.now;
        this.#heed(run);
      });
  }

  /** What a player finds when connected. */
  #heed({ state }: NodeRun): void {
    const { promises, reach } = this.#options;
    if (this.#told.sync(state)) reach("E8");
    const ticket = state.players.get(this.id)?.ticket ?? null;
    const isOwn = ticket !== null && state.tickets.get(ticket)?.playerIds[0] === this.id;
    if (isOwn && !promises.isAcknowledged(ticket)) reach("A4");
  }

  /** The line is cut; the node may notice late, perhaps after the player is back elsewhere. */
  #disconnect(connection: Connection): void {
    const { time, random, counts } = this.#options;
    this.#lose();
    const isLate = random.chance(0.5);
    counts.add(isLate ? "late_disconnect" : "disconnect");
    this.#connecting = true;
    const awayMs = random.chance(0.3) ? random.between(100, 1_500) : random.between(1_500, 50_000);
    time.after(awayMs, () => {
      this.#connecting = false;
    });
    this.#close(connection, isLate ? random.between(1_000, 20_000) : 0);
  }

  /** A node notices that a connection has ended. */
  #close({ run, epoch }: Connection, inMs: number): void {
    const { time, reach } = this.#options;
    time.after(inMs, async () => {
      if (!run.reachable) return;
      const outcome = await run.submit({ type: "player.disconnected", player: this.id, epoch });
      if (inMs >= 10_000 && outcome.ok && !isRefused(outcome)) reach("E11");
    });
  }

  #beHostile({ run, node }: Connection): void {
    const { random, counts } = this.#options;
    counts.add("hostile_command");
    const { state } = node;
    void run.submit(hostileCommand({ random, player: this.id, state, lastMatch: this.#lastMatch }));
  }

  #ask(connection: Connection, request: Request): void {
    this.#requests += 1;
    const origin = { key: `${this.id}/${this.#requests}`, bodyHash: this.#requests };
    const asked = { ...request, origin };
    this.#unanswered = { request: asked, since: this.#options.time.now };
    this.#send(connection, asked);
  }

  /** The same wish from a second tab, which another node serves. */
  #askElsewhere(request: TicketEnqueue): void {
    const { nodes, random } = this.#options;
    const other = random.pick(nodes);
    if (other.reachable) void other.submit({ ...request, ticket: `${request.ticket}tab` });
  }

  #send(connection: Connection, request: Request): void {
    this.#inFlight = true;
    void connection.run.submit(request).then((outcome) => {
      if (this.#connection !== connection) return;
      this.#inFlight = false;
      if (!outcome.ok) return;
      if (this.#losesAnswer(connection)) return;
      this.#unanswered = null;
      this.#options.promises.answered(this.id, outcome.events);
    });
  }

  /** An answer is lost on its last way, alone or with the line. */
  #losesAnswer(connection: Connection): boolean {
    const { random, wanted, counts } = this.#options;
    if (!wanted() || !random.chance(this.#traits.lostAnswerChance)) return false;
    counts.add("lost_answer");
    if (random.chance(0.3)) this.#disconnect(connection);
    return true;
  }

  #act(connection: Connection, me: Readonly<Player>): void {
    const { state, key } = connection.run.engine;
    const { random, wanted } = this.#options;
    const traits = this.#traits;
    const match = me.match === null ? undefined : state.matches.get(me.match);
    if (match === undefined) {
      const name = `${this.id.slice(7)}x${this.#requests + 1}x${key.replace("/", "x")}`;
      const request = nextRequest({ state, me, traits, random, name, isDone: !wanted() });
      if (request === undefined) return;
      this.#ask(connection, request);
      if (request.type === "ticket.enqueue" && random.chance(traits.twoTabsChance))
        this.#askElsewhere(request);
      return;
    }
    if (this.#lastMatch !== match.id) {
      this.#mood = random.chance(traits.hesitateChance) ? "hesitant" : "prompt";
      this.#temper = drawServedTemper(random);
    }
    this.#lastMatch = match.id;
    if (me.party !== null && this.#mood !== "decided" && random.chance(traits.fickleChance))
      return this.#ask(connection, { type: "party.leave", party: me.party, player: this.id });
    const { epoch } = connection;
    const drawn = { mood: this.#mood, temper: this.#temper };
    const moves = playMoves({ state, match, player: this.id, epoch, traits, random, ...drawn });
    if (moves.isUndecided !== true) this.#mood = "decided";
    for (const command of moves.told ?? []) void connection.run.submit(command);
    for (const { server, ticket } of moves.shown ?? []) this.#options.show(server, ticket);
    if (moves.request !== undefined) this.#ask(connection, moves.request);
  }
}

function isRefused(outcome: Outcome & { ok: true }): boolean {
  return outcome.events.some((event: KernelEvent) => event.type === "refused");
}

export interface SimulatedPlayerOptions {
  readonly index: number;
  /** How many times more often than usual the player does what is not allowed. */
  readonly hostility: number;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly nodes: readonly SimulatedNode[];
  readonly counts: FaultCounts;
  readonly promises: Promises;
  /** Told which scenarios have come about. */
  readonly reach: (scenario: string) => void;
  readonly violate: (sentence: string) => void;
  /** Shows a match ticket to a game server. */
  readonly show: (...shown: [Showing["server"], Showing["ticket"]]) => void;
  /** Whether the world still wants matches; else it is to come to rest, and nobody misbehaves any more. */
  readonly wanted: () => boolean;
}
