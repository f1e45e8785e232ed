import assert from "node:assert/strict";
import { signInAsGuest } from "@matchforge/client";
import type { ServerMessages } from "@matchforge/protocol";
import { pino } from "pino";
import type { Overrides } from "../../src/config/gather-settings.ts";
import { Coordinator, loadConfig, parseRules } from "../../src/index.ts";
import { type Credentials, Player } from "./player.ts";
import { rulesText } from "./rules-text.ts";
import { type Deployment, deploy } from "./setups.ts";

/** What players queue for. */
type Entry = { readonly game_type: string; readonly stake_tier?: string };

/** All nodes of a fresh shard on the chosen set-up, on free ports. Players come to them in turn. */
export class ServerRig {
  readonly deployment: Deployment;
  readonly coordinators: readonly Coordinator[];
  readonly dataDir: string;
  readonly #players: Player[] = [];
  #visits = 0;

  private constructor(deployment: Deployment, coordinators: readonly Coordinator[]) {
    this.deployment = deployment;
    this.coordinators = coordinators;
    this.dataDir = deployment.nodes[0]?.data_dir ?? "";
  }

  static async start(given: Overrides = {}): Promise<ServerRig> {
    const deployment = await deploy();
    const coordinators: Coordinator[] = [];
    for (const node of deployment.nodes) coordinators.push(await startCoordinator({ ...node, ...given }));
    return new ServerRig(deployment, coordinators);
  }

  /** The first node. */
  get url(): string {
    return this.coordinators[0]?.url ?? "";
  }

  /** The nodes in turn: whatever one does another must know. */
  get anyUrl(): string {
    this.#visits += 1;
    return this.coordinators[this.#visits % this.coordinators.length]?.url ?? this.url;
  }

  /** A new guest's token and id. */
  async guest(): Promise<Credentials> {
    const { token, player_id } = await signInAsGuest(this.anyUrl);
    return { token, id: player_id };
  }

  /** A socket that has not said who it is; on a line of the test's own, if given. */
  async socket(url = this.anyUrl): Promise<Player> {
    const player = await Player.open(url);
    this.#players.push(player);
    return player;
  }

  /** A guest, new unless known, who is connected and signed in. */
  async player(known?: Credentials, url = this.anyUrl): Promise<Player> {
    const credentials = known ?? (await this.guest());
    const player = await this.socket(url);
    await player.signIn(credentials);
    return player;
  }

  /** What the server tells a player who connects again; the older connection ends. */
  async truthOf(known: Credentials): Promise<ServerMessages["session.sync"]> {
    return (await this.socket()).signIn(known);
  }

  /** The place in the log of the last entry that any node has applied. */
  async position(): Promise<number> {
    return Math.max(...(await Promise.all(this.coordinators.map(({ url }) => positionAt(url)))));
  }

  /** Two players, new unless given, who were found for each other. */
  async found(entry: Entry, given?: readonly [Player, Player]): Promise<[Player, Player, string]> {
    const [a, b] = given ?? [await this.player(), await this.player()];
    const from = new Map([a, b].map((player) => [player, player.seen]));
    for (const player of [a, b]) assert.equal((await player.ask("queue.enter", entry)).type, "queue.update");
    const [found] = await Promise.all([a, b].map((player) => player.next("match.found", from.get(player))));
    return [a, b, found?.data.match_id ?? ""];
  }

  /** Two players in an ACTIVE duel, and its text. */
  async playing(entry: Entry, given?: readonly [Player, Player]): Promise<[Player, Player, string, string]> {
    const [a, b, match_id] = await this.found(entry, given);
    const [ofA, ofB] = [a.seen, b.seen];
    for (const player of [a, b]) assert.equal((await player.accept(match_id)).type, "ok");
    const [started] = await Promise.all([a.next("game.started", ofA), b.next("game.started", ofB)]);
    return [a, b, match_id, started.data.code_sequence ?? ""];
  }

  /** Ends the server; every frame there was kept to its schema. */
  async stop(): Promise<void> {
    for (const player of this.#players) player.terminate();
    await Promise.all(this.coordinators.map((coordinator) => coordinator.stop()));
    this.deployment.remove();
    assert.deepEqual(
      this.#players.flatMap(({ faults }) => faults),
      [],
    );
  }
}

async function startCoordinator(given: Overrides): Promise<Coordinator> {
  const config = loadConfig({ file: undefined, environment: {}, given: { port: "0", ...given } });
  const rules = parseRules(rulesText, "test.toml");
  assert.ok(config.ok && rules.ok, JSON.stringify({ config, rules }));
  return Coordinator.start({
    config: config.config,
    rules: rules.rules,
    logger: pino({ level: "silent" }),
    onFatal: (error) => {
      throw error;
    },
  });
}

async function positionAt(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith("matchforge_log_position "));
  return Number(line?.split(" ")[1]);
}
