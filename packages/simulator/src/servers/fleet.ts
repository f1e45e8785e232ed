import type { Command, ServerId } from "@matchforge/core";
import type { AllocationRequest, ListedServer } from "matchforge";
import type { FaultCounts } from "../faults/fault-counts.ts";
import { rates } from "../faults/fault-rates.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { SimulatedNode } from "../world/simulated-node.ts";
import { GameHost, type ShownTicket } from "./game-host.ts";
import { Provider } from "./provider.ts";

const everyMs = 1_000;
/** Servers say that they live at every so many of these. */
const beatsEvery = 4;

/**
 * All game servers of a world, and who lends more of them. Every second each server that is connected asks one of the
 * coordinators; those that are heard by the same one go into one entry.
 */
export class Fleet {
  readonly provider: Provider;
  /** The list that coordinators bring along. */
  readonly listed: readonly ListedServer[];
  /** Who is asked for servers, in order. */
  readonly asked: readonly ("registry" | "static" | "outside")[];
  /** By the name of each; those that register themselves first. */
  readonly hosts = new Map<ServerId, GameHost>();
  readonly #options: FleetOptions;
  readonly #lentFor = new Map<string, ServerId>();
  #beats = 0;

  constructor(options: FleetOptions) {
    const { time, random, counts, reach, onReturned } = options;
    this.#options = options;
    this.provider = new Provider({
      time,
      capacity: random.between(4, 12),
      counts,
      reach,
      isFull: () => random.chance(rates.providerFull),
      onLent: (request) => this.#lend(request),
      onReturned: (key) => {
        this.#takeBack(key);
        onReturned(key);
      },
    });
    this.asked = random.pick([
      ["registry", "static", "outside"],
      ["outside", "registry", "static"],
      ["static", "registry", "outside"],
    ]);
    const offers = Array.from({ length: random.between(3, 5) }, (_, index) => drawnOffer(random, index));
    offers.forEach((offer, index) => {
      this.#add({ id: `server_own${index + 1}`, kind: "registered", isHeard: !random.chance(0.15), offer });
    });
    const fixed = drawnOffer(random, offers.length);
    this.listed = [{ name: "fixed", offer: fixed }];
    this.#add({ id: "server_fixed", kind: "listed", isHeard: false, offer: fixed });
  }

  /** Servers that register themselves. */
  get registered(): readonly GameHost[] {
    return [...this.hosts.values()].filter(({ kind }) => kind === "registered");
  }

  start(): void {
    const { time, random } = this.#options;
    time.after(random.between(0, everyMs), () => {
      this.#look();
      this.start();
    });
  }

  /** A player shows a match ticket to a server. */
  show(server: ServerId, ticket: ShownTicket): void {
    const host = this.hosts.get(server);
    const redemption = host?.isConnected ? host.redemption(ticket) : undefined;
    if (redemption !== undefined) void this.#reachable()?.submit(redemption);
  }

  /** A server says something of itself by whichever coordinator it reaches. */
  say(host: GameHost, command: (epoch: number) => Command): void {
    const node = this.#reachable();
    const epoch = node?.state.servers.get(host.id)?.epoch;
    if (node !== undefined && epoch !== undefined) void node.submit(command(epoch));
  }

  #look(): void {
    const { nodes, random } = this.#options;
    this.#beats += 1;
    const isBeat = this.#beats % beatsEvery === 0;
    const alive = new Map<SimulatedNode, { server: ServerId; epoch: number }[]>();
    for (const host of this.hosts.values()) {
      const node = random.pick(nodes);
      if (!host.isConnected || !node.reachable) continue;
      const { state } = node;
      for (const command of host.next(state)) void node.submit(command);
      const known = state.servers.get(host.id);
      if (!isBeat || !host.isHeard || known === undefined) continue;
      if (host.kind === "registered" && known.instance !== host.instance) continue;
      alive.set(node, [...(alive.get(node) ?? []), { server: host.id, epoch: known.epoch }]);
    }
    for (const [node, servers] of alive) void node.submit({ type: "server.alive", servers });
  }

  #reachable(): SimulatedNode | undefined {
    const node = this.#options.random.pick(this.#options.nodes);
    return node.reachable ? node : undefined;
  }

  /** A server for one match, known by the name that the kernel gives it. Some fail before the game is over. */
  #lend({ key, match, credential }: AllocationRequest): void {
    const { random, time, counts } = this.#options;
    const attempt = Number(credential);
    const id: ServerId = `server_${match.slice("match_".length)}_${attempt}`;
    const offer = { address: "lent", region: null, capacity: 1, labels: {} };
    const host = this.#add({ id, kind: "lent", isHeard: random.chance(0.4), offer });
    host.begin(match, attempt);
    this.#lentFor.set(key, id);
    const luck = random.fraction();
    if (luck < rates.lentCrash) {
      counts.add("server_crash");
      time.after(random.between(500, 30_000), () => host.crash());
    } else if (luck < rates.lentCrash + rates.lentDown) {
      counts.add("server_down");
      time.after(random.between(500, 30_000), () => {
        if (this.hosts.get(id) !== host) return;
        this.say(host, (epoch) => ({ type: "server.down", server: id, epoch }));
        host.crash();
      });
    }
  }

  #takeBack(key: string): void {
    const id = this.#lentFor.get(key);
    if (id !== undefined) this.hosts.delete(id);
    this.#lentFor.delete(key);
  }

  #add(what: Omit<ConstructorParameters<typeof GameHost>[0], "random" | "counts">): GameHost {
    const { random, counts } = this.#options;
    const host = new GameHost({ ...what, random: random.fork(), counts });
    this.hosts.set(host.id, host);
    return host;
  }
}

function drawnOffer(random: Random, index: number): ListedServer["offer"] {
  return {
    address: `203.0.113.${index + 1}:7000`,
    region: random.pick(["eu", "us", null]),
    capacity: random.between(1, 3),
    labels: random.chance(0.6) ? { size: "large" } : {},
  };
}

export interface FleetOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly nodes: readonly SimulatedNode[];
  readonly counts: FaultCounts;
  /** Told which scenarios have come about. */
  readonly reach: (scenario: string) => void;
  /** Told of every key that was given back. */
  readonly onReturned: (key: string) => void;
}
