import { IggySink, JsonLinesSink, type Sink } from "@matchforge/stores";
import { ChannelsReactor, type Report, StreamReactor } from "matchforge";
import type { StreamsConfig } from "../config/streams-config.ts";
import type { RunningShard } from "./running-shard.ts";
import { systemClock } from "./threads/system-clock.ts";

interface StreamsOptions {
  readonly streams: StreamsConfig;
  readonly shard: string;
  /** Settings of the stores that are accepted as they are. */
  readonly allowUnsafe: readonly string[];
  readonly report: Report;
}

/** The same shard, which tells programs outside what happens while this node leads. */
export async function withStreams(running: RunningShard, options: StreamsOptions): Promise<RunningShard> {
  const { node } = running;
  const sinks = [...localSinks(options), ...(await distantSinks(options))];
  const shared = {
    archive: running.archive,
    clock: systemClock,
    leads: () => node.leads,
    report: options.report,
  };
  const streams = sinks.map((sink) => new StreamReactor({ ...shared, sink }));
  const channels = await channelsOf(options);
  const told = channels.map(
    (one) => new ChannelsReactor({ ...shared, channels: one, state: () => node.state }),
  );
  if (streams.length + told.length === 0) return running;
  node.replica.onApplied((_entry, events) => {
    for (const reactor of streams) reactor.applied();
    for (const reactor of told) reactor.applied(events);
  });
  return {
    ...running,
    async stop() {
      // The hand-over to another node waits for nobody outside.
      await Promise.all([...[...streams, ...told].map((reactor) => reactor.stop()), running.stop()]);
    },
  };
}

function localSinks({ streams, shard }: StreamsOptions): Sink[] {
  const { jsonLines, iggy } = streams;
  return [
    ...(jsonLines === null ? [] : [new JsonLinesSink(jsonLines)]),
    ...(iggy === null ? [] : [new IggySink({ ...iggy, shard })]),
  ];
}

/** A server that tells neither Redis nor NATS never loads their drivers. */
async function distantSinks({ streams, ...shared }: StreamsOptions): Promise<Sink[]> {
  const { redisStreams, nats } = streams;
  const sinks: Sink[] = [];
  if (redisStreams !== null) {
    const { RedisStreamsSink } = await import("@matchforge/stores/redis");
    sinks.push(new RedisStreamsSink({ ...shared, ...redisStreams }));
  }
  if (nats !== null) {
    const { NatsSink } = await import("@matchforge/stores/nats");
    sinks.push(new NatsSink({ ...nats, shard: shared.shard }));
  }
  return sinks;
}

async function channelsOf({ streams: { channels }, ...shared }: StreamsOptions) {
  if (channels === null) return [];
  const { RedisChannels } = await import("@matchforge/stores/redis");
  return [new RedisChannels({ ...shared, ...channels })];
}
