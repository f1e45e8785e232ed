import { LoadPlayer, type OnTyped, type Traffic } from "../../load/load-player.ts";
import type { Pacer } from "../../load/pacer.ts";
import type { FailoverRecord } from "./failover-record.ts";

const reconnectMs = 200;
const retryMs = 500;
const pauseMs = 200;
const playMs = 500;

interface SurvivorOptions {
  readonly index: number;
  readonly auth: Buffer;
  /** All nodes: whichever answers serves. */
  readonly ports: readonly number[];
  readonly traffic: Traffic;
  readonly pacer: Pacer;
  readonly record: FailoverRecord;
}

type Data = Readonly<Record<string, unknown>>;

/**
 * A player who plays on, whatever happens to the nodes: it reconnects to any of them, takes up where it was, and
 * notices when something that was acknowledged is gone.
 */
export class Survivor {
  readonly #options: SurvivorOptions;
  #player: LoadPlayer | null = null;
  #tries = 0;
  #request = "";
  #enteredAt = 0;
  /** A ticket was acknowledged, and nothing has been heard of its end. */
  #waits = false;
  #match: string | null = null;

  constructor(options: SurvivorOptions) {
    this.#options = options;
  }

  /** Connects, now and whenever the connection is lost. */
  connect(): void {
    const { index, auth, ports, traffic, pacer, record } = this.#options;
    if (record.isOver) return;
    const port = ports[(index + this.#tries) % ports.length];
    LoadPlayer.signIn({ index, port, auth, traffic }).then(
      (player) => this.#connected(player),
      () => {
        this.#tries += 1;
        pacer.after(reconnectMs, () => this.connect());
      },
    );
  }

  close(): void {
    this.#player?.close();
  }

  #connected(player: LoadPlayer): void {
    this.#player = player;
    player.onMessage((message) => this.#take(message));
    player.onClose(() => {
      this.#player = null;
      this.#tries += 1;
      this.#options.pacer.after(reconnectMs, () => this.connect());
    });
    const { data } = JSON.parse(player.synced) as { data: Data };
    this.#resume(data);
  }

  /** What the server says must agree with what it acknowledged. */
  #resume({ state, match }: Data): void {
    const { record } = this.#options;
    const known = match as Data | null;
    if (known !== null) {
      const id = String(known.match_id);
      this.#waits = false;
      this.#match = id;
      if (known.state === "MATCHED") this.#accept(id);
      else if (known.state === "ACTIVE") this.#playOn(id);
    } else if (state === "in_queue") {
      this.#match = null;
      this.#waits = true;
    } else {
      // A match may have been decided by the other while this player was away; a ticket ends in nobody's absence.
      if (this.#waits) record.lostTicket(this.#options.index);
      this.#waits = false;
      this.#match = null;
      this.#enterSoon(pauseMs);
    }
  }

  #take({ type, bytes, start, end }: Parameters<OnTyped>[0]): void {
    const { id, data } = JSON.parse(bytes.toString("utf8", start, end)) as { id: string; data: Data };
    switch (type) {
      case "queue.update":
        if (id === this.#request) this.#waits = true;
        return;
      case "match.found":
        this.#waits = false;
        this.#match = String(data.match_id);
        this.#options.record.found(this.#match, this.#enteredAt);
        return this.#accept(this.#match);
      case "game.started":
        this.#options.record.started(String(data.match_id));
        return this.#playOn(String(data.match_id));
      case "game.result":
        this.#options.record.ended(String(data.match_id));
        this.#match = null;
        return this.#enterSoon(pauseMs);
      case "queue.ended":
        this.#waits = false;
        return this.#enterSoon(retryMs);
      case "match.cancelled":
        this.#options.record.ended(String(data.match_id));
        this.#match = null;
        if (data.requeued === true) this.#waits = true;
        else this.#enterSoon(retryMs);
        return;
      case "error":
        if (id === this.#request) this.#enterSoon(retryMs);
    }
  }

  #accept(match_id: string): void {
    this.#send("match.ready", this.#options.record.nextId(), { match_id, response: "accept" });
  }

  /** One of the two gives up after a moment. */
  #playOn(match_id: string): void {
    if (this.#options.index % 2 === 1) return;
    this.#options.pacer.after(playMs * (0.5 + Math.random()), () => {
      if (this.#match === match_id) this.#send("match.abandon", this.#options.record.nextId(), { match_id });
    });
  }

  #enterSoon(inMs: number): void {
    this.#options.pacer.after(inMs * (0.5 + Math.random()), () => {
      if (this.#waits || this.#match !== null || this.#options.record.isClosing) return;
      this.#request = this.#options.record.nextId();
      this.#enteredAt = performance.now();
      this.#send("queue.enter", this.#request, { game_type: "duel" });
    });
  }

  #send(type: string, id: string, data: object): void {
    this.#player?.send(JSON.stringify({ type, id, ts: 0, data }));
  }
}
