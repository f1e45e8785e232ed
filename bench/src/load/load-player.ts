import { clientFrame } from "./frames.ts";
import { RawClient, typeOf } from "./raw-client.ts";

const signInMs = 30_000;
const pingIdAt = '{"type":"ping","id":"'.length;

/** Frames that went over the wire, both ways. */
export interface Traffic {
  sent: number;
  received: number;
}

/** Told of each message by its type and where it lies. */
export type OnTyped = (message: { type: string; bytes: Buffer; start: number; end: number }) => void;

/** How a player of the load signs in. */
export interface SignInOptions {
  readonly index: number;
  readonly port: number;
  /** The frame of its `auth`. */
  readonly auth: Buffer;
  readonly traffic: Traffic;
}

/** A signed-in player of a load generator: answers pings and hands every other message on. */
export class LoadPlayer {
  readonly index: number;
  readonly port: number;
  /** What the server said of the player at the sign-in: the text of its `session.sync`. */
  readonly synced: string;
  readonly #client: RawClient;
  readonly #traffic: Traffic;
  #onMessage: OnTyped = () => {};

  private constructor(options: { client: RawClient; port: number; traffic: Traffic; synced: string }) {
    this.#client = options.client;
    this.index = options.client.index;
    this.port = options.port;
    this.synced = options.synced;
    this.#traffic = options.traffic;
    options.client.onMessage((_, bytes, start, end) => this.#take(bytes, start, end));
  }

  /** Resolves once the server has told the player's whole truth. */
  static async signIn({ index, port, auth, traffic }: SignInOptions): Promise<LoadPlayer> {
    const client = await RawClient.open({ index, port });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const late = () => reject(new Error(`player ${index} was not signed in within ${signInMs} ms`));
    const timer = setTimeout(late, signInMs);
    client.onClose(() => reject(new Error(`player ${index} was sent away while signing in`)));
    client.onMessage((_, bytes, start, end) => {
      traffic.received += 1;
      const type = typeOf(bytes, start);
      if (type === "ping") answerPing(client, { bytes, start, traffic });
      else if (type === "session.sync") resolve(bytes.toString("utf8", start, end));
      else if (type === "error") reject(new Error(bytes.toString("utf8", start, end)));
    });
    traffic.sent += 1;
    client.send(auth);
    const synced = await promise.finally(() => clearTimeout(timer));
    client.onClose(() => {});
    return new LoadPlayer({ client, port, traffic, synced });
  }

  onMessage(listener: OnTyped): void {
    this.#onMessage = listener;
  }

  onClose(listener: () => void): void {
    this.#client.onClose(listener);
  }

  send(text: string): void {
    this.#traffic.sent += 1;
    this.#client.sendText(text);
  }

  close(): void {
    this.#client.close();
  }

  #take(bytes: Buffer, start: number, end: number): void {
    this.#traffic.received += 1;
    const type = typeOf(bytes, start);
    if (type === "ping") answerPing(this.#client, { bytes, start, traffic: this.#traffic });
    else this.#onMessage({ type, bytes, start, end });
  }
}

function answerPing(
  client: RawClient,
  { bytes, start, traffic }: { bytes: Buffer; start: number; traffic: Traffic },
): void {
  const from = start + pingIdAt;
  const id = bytes.toString("latin1", from, bytes.indexOf(0x22, from));
  traffic.sent += 1;
  client.send(clientFrame(`{"type":"pong","id":"${id}","ts":0,"data":{}}`));
}
