import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { ClientMessages, ClientMessageType } from "@matchforge/protocol";
import { Player } from "../e2e/player.ts";
import { type Action, actions, exampleOf } from "./actions.ts";
import { type ActorName, actorNames, actors } from "./actors.ts";
import { AuthorisationRig } from "./authorisation-rig.ts";
import { inScene, requestFor } from "./request-for.ts";
import { type Scene, type Situation, setScene, situations } from "./scenes.ts";
import { truthOf } from "./truth-of.ts";

/** What came of it when somebody asked for something. */
export interface Cell {
  readonly action: Action;
  readonly actor: ActorName;
  readonly situation: Situation;
  /** The code of the refusal; else the status, or the type of the reply. */
  readonly outcome: string;
  readonly isRefused: boolean;
  /** Players, tickets, matches, parties or servers are others than before. */
  readonly hasChanged: boolean;
}

/** Asks for everything as everybody in every situation that can matter. Whatever was changed is set up anew. */
export async function walk(): Promise<readonly Cell[]> {
  // Each on a node of its own, side by side: most of the time goes into waiting for an archive.
  const all = Object.keys(situations).map((situation) => walkThrough(situation as Situation));
  return (await Promise.all(all)).flat();
}

async function walkThrough(situation: Situation): Promise<readonly Cell[]> {
  await using rig = await AuthorisationRig.start();
  await using stage = new Stage(rig, situation);
  const cells: Cell[] = [];
  for (const action of actions) {
    if (!action.situations.includes(situation)) continue;
    for (const actor of actorNames) cells.push(await stage.cell(action, actor));
    await stage.assertQuiet(action);
  }
  return cells;
}

/** One situation, for as long as nobody changes it. */
class Stage implements AsyncDisposable {
  readonly #rig: AuthorisationRig;
  readonly #situation: Situation;
  readonly #sockets = new Map<ActorName, { readonly socket: Player; readonly goodUntil: number }>();
  readonly #all: Player[] = [];
  readonly #faults: string[] = [];
  #scene: Scene | null = null;
  #scenes = 0;

  constructor(rig: AuthorisationRig, situation: Situation) {
    this.#rig = rig;
    this.#situation = situation;
  }

  async cell(action: Action, actor: ActorName): Promise<Cell> {
    const rig = this.#rig;
    this.#scene ??= await this.#set();
    const scene = this.#scene;
    const before = truthOf(rig.state);
    const outcome = await this.#outcome(action, actor, scene);
    const isRefused = /^[A-Z]/.test(outcome);
    if (!isRefused) await rig.settled();
    const hasChanged = truthOf(rig.state) !== before;
    if (hasChanged) await this.#clear();
    return { action, actor, situation: this.#situation, outcome, isRefused, hasChanged };
  }

  #set(): Promise<Scene> {
    this.#scenes += 1;
    return setScene(this.#rig, { situation: this.#situation, number: this.#scenes });
  }

  /** Nothing comes of refused requests afterwards either. */
  async assertQuiet({ name }: Action): Promise<void> {
    const before = truthOf(this.#rig.state);
    await this.#rig.settled();
    assert.equal(truthOf(this.#rig.state), before, `${name} changed something after its answer`);
  }

  async #outcome({ means }: Action, actor: ActorName, scene: Scene): Promise<string> {
    const token = await actors[actor].token(this.#rig, scene);
    if (means.by === "http") return this.#requested(means.route, token, scene);
    if (means.type === "auth") return this.#signedIn(token);
    const socket = await this.#socketOf(actor, token);
    const example = inScene(exampleOf(means.type), { name: "", scene }) as object;
    const data = { ...example, ...means.change(scene) };
    return means.type === "pong" ? ponged(socket) : replied(socket, means.type, data);
  }

  async #requested(
    route: Parameters<typeof requestFor>[0],
    token: string | null,
    scene: Scene,
  ): Promise<string> {
    const { path, body } = requestFor(route, scene);
    const base = route.listener === "admin" ? this.#rig.adminUrl : this.#rig.url;
    const response = await fetch(`${base}${path}`, {
      method: route.method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(route.headers !== undefined && { "idempotency-key": randomUUID() }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const isProblem = /problem\+json/.test(response.headers.get("content-type") ?? "");
    if (isProblem) return ((await response.json()) as { readonly code: string }).code;
    // A stream goes on for as long as somebody listens.
    await response.body?.cancel();
    return String(response.status);
  }

  async #signedIn(token: string | null): Promise<string> {
    const socket = await this.#opened();
    const outcome = await replied(socket, "auth", { token: token ?? "none" });
    socket.terminate();
    return outcome;
  }

  /** A socket that is signed in, if its actor can sign in at all. */
  async #socketOf(actor: ActorName, token: string | null): Promise<Player> {
    const known = this.#sockets.get(actor);
    if (
      known !== undefined &&
      known.goodUntil > performance.now() &&
      known.socket.client.closeCode === undefined
    )
      return known.socket;
    const socket = await this.#opened();
    const reply = token === null ? null : await socket.ask("auth", { token, client: "test" });
    // Who is not signed in is soon sent away.
    const goodUntil = reply?.type === "auth.success" ? Number.POSITIVE_INFINITY : performance.now() + 2_000;
    this.#sockets.set(actor, { socket, goodUntil });
    return socket;
  }

  async #opened(): Promise<Player> {
    const socket = await Player.open(this.#rig.url);
    this.#all.push(socket);
    return socket;
  }

  async #clear(): Promise<void> {
    this.#scene = null;
    this.#sockets.clear();
    for (const socket of this.#all.splice(0)) {
      this.#faults.push(...socket.faults);
      socket.terminate();
    }
    await this.#rig.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#clear();
    assert.deepEqual(this.#faults, []);
  }
}

async function replied(socket: Player, type: ClientMessageType, data: unknown): Promise<string> {
  for (;;) {
    const reply = await socket.ask(type, data as ClientMessages[typeof type]);
    if (reply.type !== "error") return reply.type;
    if (reply.data.code !== "RATE_LIMITED") return reply.data.code;
    await new Promise((resolve) => setTimeout(resolve, reply.data.retry_after_ms));
  }
}

/** Nothing answers a pong, unless it is refused. */
async function ponged(socket: Player): Promise<string> {
  const id = randomUUID();
  socket.client.send("pong", {}, id);
  await socket.client.heard();
  const refusal = socket.client.messages.find((message) => message.id === id);
  return refusal?.type === "error" ? refusal.data.code : "nothing";
}
