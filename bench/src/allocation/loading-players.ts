import { clientFrame } from "../load/frames.ts";
import { isType, type RawClient } from "../load/raw-client.ts";

/** What became of one match. */
interface LoadingMatch {
  readonly number: number;
  /** When the last of its players said that they have loaded. */
  loadedAt: number;
  /** By player: how often they were told a server. */
  readonly assigned: Map<number, number>;
  address: string;
  isStarted: boolean;
}

/** How long players waited for a server after the last of them had loaded, first assignments only. */
export interface AssignedAfter {
  /** The how-many-th match it was, from 0. */
  readonly match: number;
  readonly ms: number;
  readonly address: string;
}

/** Who hears where a match is to be played, and that it has begun. */
interface Told {
  readonly assigned: (match: string, address: string) => void;
  readonly started: (match: string, address: string) => void;
}

const enter = clientFrame(
  JSON.stringify({ type: "queue.enter", id: "enter", ts: 0, data: { game_type: "allocation" } }),
);

/** Players who queue, load at once, and go where they are told; who waits again plays the next match. */
export class LoadingPlayers {
  readonly assignedAfter: AssignedAfter[] = [];
  readonly #matches = new Map<string, LoadingMatch>();
  readonly #clients: readonly RawClient[];
  readonly #started = new Set<number>();
  readonly #results = new Set<string>();
  readonly #replaced = new Set<string>();
  readonly #cancelled = new Map<string, string>();
  #lost = 0;
  #voided = 0;
  readonly #told: Told;

  constructor(clients: readonly RawClient[], told: Told) {
    this.#clients = clients;
    this.#told = told;
    for (const client of clients)
      client.onMessage((_, bytes, start, end) => this.#take(client, bytes, start, end));
  }

  get figures() {
    return {
      formed: this.#matches.size,
      started: [...this.#matches.values()].filter(({ isStarted }) => isStarted).length,
      playersStarted: this.#started.size,
      replaced: this.#replaced.size,
      requeued: this.#cancelled.size,
      playersLost: this.#lost,
      voided: this.#voided,
      results: this.#results.size,
    };
  }

  enter(index: number): void {
    this.#clients[index].send(enter);
  }

  #take(client: RawClient, bytes: Buffer, start: number, end: number): void {
    if (isType(bytes, start, "ping") || isType(bytes, start, "queue.update"))
      return this.#pong(client, bytes, start, end);
    const { type, id, data } = JSON.parse(bytes.toString("utf8", start, end)) as Message;
    const { match_id = "" } = data;
    switch (type) {
      case "match.loading":
        return this.#load(client, match_id);
      case "match.assigned":
        return this.#assigned(client, match_id, data.server_addr ?? "");
      case "game.started":
        return this.#begin(client, match_id);
      case "game.result":
        this.#results.add(match_id);
        return;
      case "match.cancelled":
        this.#cancelled.set(match_id, data.reason ?? "");
        if (data.requeued !== true) this.#lost += 1;
        return;
      case "game.state":
        if (data.state === "VOIDED") this.#voided += 1;
        return;
      case "error":
        throw new Error(`${id} was refused: ${JSON.stringify(data)}`);
    }
  }

  #pong(client: RawClient, bytes: Buffer, start: number, end: number): void {
    if (!isType(bytes, start, "ping")) return;
    const { id } = JSON.parse(bytes.toString("utf8", start, end)) as Message;
    client.sendText(JSON.stringify({ type: "pong", id, ts: 0, data: {} }));
  }

  /** Everybody loads at once: what is measured begins with the last of them. */
  #load(client: RawClient, match_id: string): void {
    let match = this.#matches.get(match_id);
    if (match === undefined) {
      match = { number: this.#matches.size, loadedAt: 0, assigned: new Map(), address: "", isStarted: false };
      this.#matches.set(match_id, match);
    }
    if (match.assigned.has(client.index)) return;
    match.assigned.set(client.index, 0);
    match.loadedAt = performance.now();
    client.sendText(
      JSON.stringify({ type: "match.loaded", id: `loaded-${match_id}`, ts: 0, data: { match_id } }),
    );
  }

  #assigned(client: RawClient, match_id: string, address: string): void {
    const match = this.#matches.get(match_id);
    if (match === undefined) throw new Error(`${match_id} was assigned before it was loading`);
    const times = match.assigned.get(client.index) ?? 0;
    match.assigned.set(client.index, times + 1);
    if (match.address !== address) {
      match.address = address;
      this.#told.assigned(match_id, address);
    }
    if (times === 0)
      this.assignedAfter.push({ match: match.number, ms: performance.now() - match.loadedAt, address });
    else this.#replaced.add(match_id);
  }

  #begin(client: RawClient, match_id: string): void {
    this.#started.add(client.index);
    const match = this.#matches.get(match_id);
    if (match === undefined || match.isStarted) return;
    match.isStarted = true;
    this.#told.started(match_id, match.address);
  }
}

interface Message {
  readonly type: string;
  readonly id: string;
  readonly data: {
    readonly match_id?: string;
    readonly server_addr?: string;
    readonly reason?: string;
    readonly requeued?: boolean;
    readonly state?: string;
  };
}
