import assert from "node:assert/strict";
import { type Command, type KernelEvent, type PlayerId, rulesProblems, type State } from "@matchforge/core";
import { InProcessRelay, MemoryArchiveStore, MemoryLogStore } from "@matchforge/stores";
import type { HttpDeps } from "../../src/http/build-http.ts";
import { TestClient } from "../gateway/test-client.ts";
import { HttpPlayer } from "./http-player.ts";
import { RigNode, type SharedStores } from "./rig-node.ts";
import { ticketRules } from "./ticket-rules.ts";

/** Nodes over one log in memory, each with a real HTTP server and a real socket. A player's token is the player's id. */
export class TicketRig {
  readonly nodes: RigNode[] = [];
  readonly #stores: SharedStores = {
    log: new MemoryLogStore({ now: () => Date.now() }),
    archive: new MemoryArchiveStore(),
    relay: new InProcessRelay({ onError: (error) => assert.fail(String(error)) }),
  };
  readonly #sockets: TestClient[] = [];
  readonly #limits: HttpDeps["limits"];

  private constructor(limits: HttpDeps["limits"]) {
    this.#limits = limits;
  }

  static async start({
    nodes = 1,
    limits = {},
  }: {
    nodes?: number;
    limits?: HttpDeps["limits"];
  } = {}): Promise<TicketRig> {
    assert.deepEqual(rulesProblems(ticketRules), []);
    const rig = new TicketRig(limits);
    for (let index = 0; index < nodes; index += 1) await rig.add();
    return rig;
  }

  /** Another node. */
  async add(): Promise<RigNode> {
    const name = `node${this.nodes.length}`;
    const node = await RigNode.start(this.#stores, { name, limits: this.#limits });
    this.nodes.push(node);
    return node;
  }

  get state(): State {
    return this.#first.engine.state;
  }

  get #first(): RigNode {
    const [first] = this.nodes;
    assert.ok(first !== undefined);
    return first;
  }

  /** Somebody who asks over HTTP, of one node. */
  player(id: PlayerId, node = 0): HttpPlayer {
    const at = this.nodes[node];
    assert.ok(at !== undefined);
    return new HttpPlayer(at.url, id);
  }

  /** Somebody who signs in over a socket. */
  async socket(player: PlayerId): Promise<TestClient> {
    const client = await TestClient.open(this.#first.socketUrl);
    this.#sockets.push(client);
    assert.equal((await client.ask("auth", { token: player, client: "test" })).type, "auth.success");
    return client;
  }

  /** Submits a command that must be carried out. */
  async done(command: Command): Promise<readonly KernelEvent[]> {
    const outcome = await this.#first.engine.submit(command);
    assert.ok(outcome.ok);
    assert.deepEqual(
      outcome.events.filter(({ type }) => type === "refused"),
      [],
    );
    return outcome.events;
  }

  /** Every event of a type from here on, as the first node applies them. */
  heard<Type extends KernelEvent["type"]>(type: Type): Extract<KernelEvent, { type: Type }>[] {
    const heard: Extract<KernelEvent, { type: Type }>[] = [];
    this.#first.engine.replica.onApplied((_entry, events) => {
      for (const event of events)
        if (event.type === type) heard.push(event as Extract<KernelEvent, { type: Type }>);
    });
    return heard;
  }

  /** Resolves when the archive has what this node's log has. */
  async archived(): Promise<void> {
    const { position } = this.state;
    const archive = this.#stores.archive.connect();
    while ((await archive.cursor()) < position) await this.done({ type: "node.alive" });
  }

  /** What a shard does after ten minutes: a player who is nowhere in the state is forgotten. */
  forget(player: PlayerId): void {
    const known = this.state.players.get(player);
    assert.ok(known !== undefined && known.epoch === 0 && known.ticket === null && known.match === null);
    for (const { engine } of this.nodes) {
      const record = engine.state.players.get(player);
      if (record !== undefined) engine.state.deadlines.remove(record);
      engine.state.players.delete(player);
    }
  }

  /** Resolves once a node's state is as asked for; looked at after every entry. */
  reaches(isSo: (state: State) => boolean, node = this.#first): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo(node.engine.state)) return;
        stop();
        resolve();
      };
      const stop = node.engine.replica.onApplied(look);
      look();
    });
  }

  /** Ends all nodes; none of them failed at anything. */
  async stop(): Promise<void> {
    for (const client of this.#sockets) client.socket.terminate();
    for (const node of this.nodes) await node.stop();
    assert.deepEqual(
      this.nodes.flatMap(({ failures }) => failures),
      [],
    );
  }
}
