import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { ClientMessages, ClientMessageType, ServerMessage } from "@matchforge/protocol";
import { serverMessageErrors } from "@matchforge/protocol/validate";
import { TestClient } from "../gateway/test-client.ts";

/** A client that keeps every byte it was sent, holds each frame against its schema, and answers pings. */
export class Player {
  readonly client: TestClient;
  /** All frames, as they came. */
  readonly frames: string[] = [];
  id = "";
  answersPings = true;

  private constructor(client: TestClient) {
    this.client = client;
    client.socket.on("message", (data) => {
      const frame = String(data);
      this.frames.push(frame);
      const message = JSON.parse(frame) as ServerMessage;
      assert.deepEqual(serverMessageErrors(message), [], frame);
      if (message.type === "ping" && this.answersPings) client.send("pong", {}, message.id);
    });
    client.socket.on("error", () => {
      // A close follows.
    });
  }

  static async open(url: string): Promise<Player> {
    return new Player(await TestClient.open(url));
  }

  async signIn({
    token,
    id,
    client = "test",
  }: {
    token: string;
    id: string;
    client?: string;
  }): Promise<void> {
    this.id = id;
    const reply = await this.ask("auth", { token, client });
    assert.equal(reply.type, "auth.success", JSON.stringify(reply));
    await this.next("session.sync");
  }

  ask<Type extends ClientMessageType>(type: Type, data: ClientMessages[Type]): Promise<ServerMessage> {
    return this.client.reply(this.client.send(type, data, randomUUID()));
  }

  /** The code with which a request is refused; `ok` when it is not. */
  async code<Type extends ClientMessageType>(type: Type, data: ClientMessages[Type]): Promise<string> {
    const reply = await this.ask(type, data);
    return reply.type === "error" ? reply.data.code : "ok";
  }

  get next(): TestClient["next"] {
    return this.client.next.bind(this.client);
  }

  get seen(): number {
    return this.client.messages.length;
  }

  accept(match_id: string): Promise<ServerMessage> {
    return this.ask("match.ready", { match_id, response: "accept" });
  }

  /** Sends a frame as it is, and gives the code of the refusal that follows. */
  async raw(frame: string | Buffer): Promise<string> {
    const from = this.seen;
    this.client.socket.send(frame);
    return (await this.next("error", from)).data.code;
  }

  /** Types a text as fast as people may: 20 keys at a time, waiting until they are durable. */
  async type(match_id: string, text: string, start = 0): Promise<void> {
    for (let from = start; from < text.length; from += 20) {
      const typed = text.slice(from, from + 20);
      for (;;) {
        const code = await this.code("game.progress", { match_id, from, typed });
        if (code === "ok") break;
        assert.equal(code, "TYPING_TOO_FAST");
        await new Promise((resume) => setTimeout(resume, 100));
      }
    }
  }

  terminate(): void {
    this.client.socket.terminate();
  }
}
