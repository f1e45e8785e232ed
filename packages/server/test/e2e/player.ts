import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import {
  type ClientMessages,
  type ClientMessageType,
  encodeClientMessage,
  type ServerMessage,
  type ServerMessages,
} from "@matchforge/protocol";
import { parseClientMessage, serverMessageErrors } from "@matchforge/protocol/validate";
import { TestClient } from "../gateway/test-client.ts";

/** Who signs in. */
export interface Credentials {
  readonly token: string;
  readonly id: string;
}

/** A client that keeps every frame, holds it against its schema in both directions, and answers pings. */
export class Player {
  readonly client: TestClient;
  /** Each frame received, as it came. */
  readonly frames: string[] = [];
  /** Frames, in either direction, that do not keep to their schema. */
  readonly faults: string[] = [];
  id = "";

  private constructor(client: TestClient) {
    this.client = client;
    client.socket.on("message", (data) => {
      const frame = String(data);
      this.frames.push(frame);
      const message = JSON.parse(frame) as ServerMessage;
      for (const fault of serverMessageErrors(message)) this.faults.push(`${fault} in ${frame}`);
      if (message.type === "ping") this.#send("pong", {}, message.id);
    });
    client.socket.on("error", () => {
      // A close follows.
    });
  }

  static async open(url: string): Promise<Player> {
    return new Player(await TestClient.open(`${url.replace(/^http/, "ws")}/ws`));
  }

  /** Signs in; answers the first picture. */
  async signIn({ token, id }: Credentials): Promise<ServerMessages["session.sync"]> {
    this.id = id;
    const reply = await this.ask("auth", { token, client: "test" });
    assert.equal(reply.type, "auth.success", JSON.stringify(reply));
    return (await this.next("session.sync")).data;
  }

  ask<Type extends ClientMessageType>(
    type: Type,
    data: ClientMessages[Type],
    id: string = randomUUID(),
  ): Promise<ServerMessage> {
    const from = this.seen;
    this.#send(type, data, id);
    return this.client.reply(id, from);
  }

  /** The code with which a request is refused; `ok` when it is not. */
  async code<Type extends ClientMessageType>(
    type: Type,
    data: ClientMessages[Type],
    id: string = randomUUID(),
  ): Promise<string> {
    const reply = await this.ask(type, data, id);
    return reply.type === "error" ? reply.data.code : "ok";
  }

  /** The code of a request once the rate allows it at all. */
  async patientCode<Type extends ClientMessageType>(type: Type, data: ClientMessages[Type]): Promise<string> {
    for (;;) {
      const reply = await this.ask(type, data);
      if (reply.type !== "error") return "ok";
      if (reply.data.code !== "RATE_LIMITED") return reply.data.code;
      await setTimeout(reply.data.retry_after_ms);
    }
  }

  get next(): TestClient["next"] {
    return this.client.next.bind(this.client);
  }

  /** How many messages came so far: what `next` and `raw` may pass over. */
  get seen(): number {
    return this.client.messages.length;
  }

  accept(match_id: string): Promise<ServerMessage> {
    return this.ask("match.ready", { match_id, response: "accept" });
  }

  /** Sends a frame as it is, and gives the refusal that follows. */
  async raw(frame: string | Buffer): Promise<ServerMessages["error"] & { readonly id: string }> {
    const from = this.seen;
    this.client.socket.send(frame);
    const { id, data } = await this.next("error", from);
    return { ...data, id };
  }

  /** The refusal of a frame once the rate allows it at all. */
  async patiently(frame: string | Buffer): Promise<ServerMessages["error"] & { readonly id: string }> {
    for (;;) {
      const refusal = await this.raw(frame);
      if (refusal.code !== "RATE_LIMITED") return refusal;
      await setTimeout(refusal.retry_after_ms);
    }
  }

  /** Types a text as fast as the server takes it, from an offset on. */
  async type(match_id: string, text: string, start = 0): Promise<void> {
    for (let from = start; from < text.length; ) {
      const typed = text.slice(from, from + 24);
      const reply = await this.ask("game.progress", { match_id, from, typed });
      if (reply.type !== "error") from += typed.length;
      else {
        assert.equal(reply.data.code, "TYPING_TOO_FAST");
        await setTimeout(reply.data.retry_after_ms);
      }
    }
  }

  /** The types of what came, without what may come at any time. */
  story(): string[] {
    const anytime = ["ping", "game.ack", "game.opponent_progress"];
    return this.client.messages.map(({ type }) => type).filter((type) => !anytime.includes(type));
  }

  terminate(): void {
    this.client.socket.terminate();
  }

  #send<Type extends ClientMessageType>(type: Type, data: ClientMessages[Type], id: string): void {
    const frame = encodeClientMessage(type, data, { id, ts: Date.now() });
    if (!parseClientMessage(frame).ok) this.faults.push(`a fault of the test in ${frame}`);
    this.client.socket.send(frame);
  }
}
