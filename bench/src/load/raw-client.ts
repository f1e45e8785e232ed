import { connect, type Socket } from "node:net";
import { clientFrame, FrameReader } from "./frames.ts";

const handshakeEnd = "\r\n\r\n";
const typeAt = '{"type":"'.length;

/** Told of each message by the first bytes of its type. */
export type OnMessage = (client: RawClient, bytes: Buffer, start: number, end: number) => void;

/** A WebSocket client that does as little as it can, so that the server is what is measured. */
export class RawClient {
  readonly index: number;
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  #onMessage: OnMessage = () => {};
  #onClose: () => void = () => {};
  #open = false;

  private constructor(index: number, socket: Socket) {
    this.index = index;
    this.#socket = socket;
  }

  /** Connects from one of several loopback addresses, because a server bounds connections per address. */
  static open(options: {
    readonly index: number;
    readonly port: number;
    readonly path?: string;
  }): Promise<RawClient> {
    const { index, port, path = "/ws" } = options;
    return new Promise((resolve, reject) => {
      const localAddress = `127.0.0.${2 + (index % 20)}`;
      const socket = connect({ port, host: "127.0.0.1", localAddress, noDelay: true });
      const client = new RawClient(index, socket);
      // A refused connection is the opener's to know; one reset later is told as closed.
      socket.on("error", reject);
      socket.on("close", () => {
        reject(new Error("the connection was closed before it was open"));
        client.#onClose();
      });
      socket.once("connect", () => {
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        );
      });
      socket.on("data", (chunk) => {
        if (client.#open) return client.#read(chunk);
        const end = chunk.indexOf(handshakeEnd);
        if (end < 0 || !chunk.subarray(0, 12).toString().includes("101"))
          return reject(new Error(chunk.toString()));
        client.#open = true;
        resolve(client);
        if (end + handshakeEnd.length < chunk.length) client.#read(chunk.subarray(end + handshakeEnd.length));
      });
    });
  }

  onMessage(listener: OnMessage): void {
    this.#onMessage = listener;
  }

  /** Told once when the connection has ended, whoever ended it. */
  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  sendText(text: string): void {
    this.#socket.write(clientFrame(text));
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#reader.read(chunk, (bytes, start, end) => this.#onMessage(this, bytes, start, end));
  }
}

/** The type of the message at a place. */
export function typeOf(bytes: Buffer, start: number): string {
  const from = start + typeAt;
  return bytes.toString("latin1", from, bytes.indexOf(0x22, from));
}

/** Whether the message at a place is of a type. */
export function isType(bytes: Buffer, start: number, type: string): boolean {
  for (let index = 0; index < type.length; index += 1) {
    if (bytes[start + typeAt + index] !== type.charCodeAt(index)) return false;
  }
  return bytes[start + typeAt + type.length] === 0x22;
}
