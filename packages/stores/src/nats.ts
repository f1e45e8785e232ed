/** The sink in NATS JetStream. */

export { type NatsOptions, NatsSink } from "./sink/nats/nats-sink.ts";
