import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Rules } from "@matchforge/core";
import type { ChannelMessage } from "@matchforge/stores";
import { RedisChannels } from "@matchforge/stores/redis";
import { redisForTests } from "@matchforge/testbed";
import { Redis } from "ioredis";
import { ChannelsReactor } from "../src/index.ts";
import { Cluster, type TestNode } from "./cluster.ts";

/** A node whose channels are those of a real Redis, and somebody who listens to all of them. */
export class Audience implements AsyncDisposable {
  readonly cluster = new Cluster();
  readonly reports: string[] = [];
  readonly heard: ChannelMessage[] = [];
  node!: TestNode;
  #reactor!: ChannelsReactor;
  #client!: Redis;

  static async start(rules?: Rules): Promise<Audience> {
    const audience = new Audience();
    const { cluster } = audience;
    const { url } = await redisForTests();
    const shard = `test-${randomBytes(8).toString("hex")}`;
    const client = new Redis(url);
    client.on("pmessage", (_pattern, channel: string, text: string) => {
      const told = JSON.parse(text) as ChannelMessage;
      assert.equal(told.channel, channel);
      audience.heard.push({ ...told, channel: channel.slice(shard.length + 1) });
    });
    await client.psubscribe(`${shard}:*`);
    audience.#client = client;
    audience.node = await cluster.start({ ...(rules !== undefined && { rules }) });
    const { engine } = audience.node;
    audience.#reactor = new ChannelsReactor({
      channels: new RedisChannels({ url, shard, prefix: `${shard}:`, report: () => {} }),
      archive: cluster.archive,
      state: () => engine.state,
      clock: cluster.clock,
      leads: () => engine.leads,
      report: ({ code }) => audience.reports.push(code),
    });
    engine.replica.onApplied((_entry, events) => audience.#reactor.applied(events));
    // It begins at the end of what is stored, and that is known once it has looked.
    await audience.untilHeard(({ channel }) => channel === "queue:status", {
      meanwhile: async () => {
        await cluster.connect(audience.node, "player_first");
        await cluster.enqueue(audience.node, "player_first", "ranked");
        await cluster.pass(500);
        await cluster.submit(audience.node, { type: "ticket.cancel", player: "player_first" });
        await cluster.pass(500);
      },
    });
    return audience;
  }

  /** Lets time pass until a message has come. */
  async untilHeard(
    isMeant: (message: ChannelMessage) => boolean,
    { meanwhile = () => this.cluster.pass(100) }: { meanwhile?: () => Promise<void> } = {},
  ): Promise<ChannelMessage> {
    for (let turn = 0; turn < 1_000; turn += 1) {
      const message = this.heard.find(isMeant);
      if (message !== undefined) return message;
      await meanwhile();
    }
    throw new Error(`not among ${this.heard.map(({ channel, message }) => `${channel} ${message.type}`)}`);
  }

  /** What was heard on a channel. */
  on(channel: string): ChannelMessage["message"][] {
    return this.heard.filter((one) => one.channel === channel).map(({ message }) => message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reactor.stop();
    this.#client.disconnect();
  }
}
