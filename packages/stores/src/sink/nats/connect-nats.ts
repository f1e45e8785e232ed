import { connect, type NatsConnection } from "@nats-io/transport-node";
import { storeLimits } from "../../limits.ts";

/** Connects to a NATS; a connection that is lost is renewed until it is closed. */
export function connectNats({
  url,
  shard,
}: {
  readonly url: string;
  readonly shard: string;
}): Promise<NatsConnection> {
  const urls = url.split(",").map((one) => new URL(one));
  const [{ username, password, protocol }] = urls;
  return connect({
    servers: urls.map(({ host }) => host),
    name: `matchforge:${shard}:stream`,
    timeout: storeLimits.natsAnswerMs,
    maxReconnectAttempts: -1,
    reconnectTimeWait: storeLimits.natsRetryMs,
    ...(protocol === "tls:" && { tls: {} }),
    ...(username !== "" && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
  });
}
