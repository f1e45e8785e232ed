/**
 * Runs the suite of sinks against an Iggy that is there. It is no part of `npm test`, because no package brings the server.
 *
 * Run: node packages/stores/test/sink-iggy.ts http://iggy:iggy@127.0.0.1:3000
 */
import { sinkConformance } from "../src/conformance.ts";
import { IggySink, type Sink, type StreamRecord } from "../src/index.ts";
import { IggyClient } from "../src/sink/iggy/iggy-client.ts";
import { shardForTest } from "./sinks.ts";

const [, , url] = process.argv;
if (url === undefined) throw new Error("Usage: node packages/stores/test/sink-iggy.ts URL");

sinkConformance({
  name: "iggy",
  open: async () => {
    const shard = shardForTest();
    const sinks: Sink[] = [];
    return {
      async connect() {
        const sink = new IggySink({ url, shard });
        sinks.push(sink);
        return sink;
      },
      read: () => messagesIn(shard),
      async end() {
        await Promise.all(sinks.map((sink) => sink.close()));
      },
    };
  },
});

async function messagesIn(shard: string): Promise<StreamRecord[]> {
  const client = new IggyClient(url);
  const query = "consumer_id=2&partition_id=0&kind=offset&value=0&count=10000&auto_commit=false";
  const path = `/streams/matchforge/topics/${shard}/messages?${query}`;
  const polled = (await client.ask({ method: "GET", path })) as
    | { readonly messages: readonly { readonly payload: string }[] }
    | undefined;
  const payloads = polled?.messages ?? [];
  return payloads.map(({ payload }) => JSON.parse(Buffer.from(payload, "base64").toString("utf8")));
}
