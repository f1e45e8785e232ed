import { startRedis } from "@matchforge/testbed";
import { Redis } from "ioredis";
import { openRedis, type RedisStores } from "../src/redis.ts";
import { SocketRelay } from "../src/sockets.ts";

const commands = JSON.stringify(
  Array.from({ length: 50 }, (_, i) => ({ type: "x", i, text: "y".repeat(170) })),
);
console.log("batch bytes", commands.length);
await using server = await startRedis();
const ms = 3000;
async function rate(name: string, writers: number, step: (w: number, n: number) => Promise<unknown>) {
  const cpu = process.cpuUsage();
  let n = 0;
  const end = performance.now() + ms;
  await Promise.all(
    Array.from({ length: writers }, async (_, w) => {
      for (let k = 1; performance.now() < end; k++) {
        await step(w, k);
        n++;
      }
    }),
  );
  const used = process.cpuUsage(cpu);
  console.log(
    name,
    writers,
    "writers:",
    Math.round(n / (ms / 1000)),
    "/s, client cpu us each",
    Math.round((used.user + used.system) / n),
  );
}
for (const writers of [1, 4]) {
  const bare = Array.from({ length: writers }, () => new Redis(server.url));
  await rate("bare XADD", writers, (w, k) => bare[w]!.xadd(`bare${writers}`, "*", "commands", commands));
  for (const b of bare) b.disconnect();
  const stores: RedisStores[] = [];
  for (let i = 0; i < writers; i++)
    stores.push(await openRedis({ url: server.url, shard: `s${writers}`, report: () => {} }));
  const logs = stores.map((s) => s.log());
  await rate("log append", writers, (w, k) =>
    logs[w]!.append({ node: `${w}`, boot: "1", sequence: k, count: 50, commands }),
  );
  for (const s of stores) await s.close();
}
{
  // read
  const s = await openRedis({ url: server.url, shard: "s4", report: () => {} });
  const log = s.log();
  let from = 1,
    n = 0;
  const t = performance.now();
  for (;;) {
    const b = await log.read({ from, limit: 1000 });
    if (b.length === 0) break;
    n += b.length;
    from = b.at(-1)!.first + b.at(-1)!.count;
    if (n > 5000) break;
  }
  console.log("read batches/s", Math.round(n / ((performance.now() - t) / 1000)));
  await s.close();
}
const c = new Redis(server.url);
await c.flushall();
const payload = "z".repeat(150);
async function relayRate(name: string, publish: (n: number) => void, heard: () => number) {
  const burst = 1000,
    total = 200_000;
  const t = performance.now();
  let sent = 0;
  const before = heard();
  const cpu = process.cpuUsage();
  while (sent < total) {
    for (let i = 0; i < burst; i++) publish(sent++);
    while (heard() - before < sent) await new Promise((r) => setImmediate(r));
  }
  const used = process.cpuUsage(cpu);
  const s = (performance.now() - t) / 1000;
  console.log(
    name,
    Math.round(total / s),
    "msg/s; cpu us per message (both ends)",
    ((used.user + used.system) / total).toFixed(1),
  );
}
{
  const p = new Redis(server.url, { enableAutoPipelining: true }),
    q = new Redis(server.url);
  let n = 0;
  q.on("message", () => n++);
  await q.subscribe("t");
  await relayRate(
    "bare PUBLISH (auto pipelining)",
    () => void p.publish("t", payload),
    () => n,
  );
  p.disconnect();
  q.disconnect();
}
{
  const a = await openRedis({ url: server.url, shard: "r", report: console.log }),
    b = await openRedis({ url: server.url, shard: "r", report: console.log });
  const pub = a.relay(),
    sub = b.relay();
  let n = 0;
  sub.subscribe("t", () => n++);
  while (n === 0) {
    pub.publish("t", "");
    await new Promise((r) => setTimeout(r, 20));
  }
  await new Promise((r) => setTimeout(r, 100));
  await relayRate(
    "redis relay",
    () => pub.publish("t", payload),
    () => n,
  );
  await a.close();
  await b.close();
}
{
  const secret = "a secret of thirty-two characters at least";
  const a = await SocketRelay.start({ host: "127.0.0.1", port: 0, node: "a", secret, report: console.log }),
    b = await SocketRelay.start({ host: "127.0.0.1", port: 0, node: "b", secret, report: console.log });
  b.setPeers([{ node: "a", address: a.address }]);
  let n = 0;
  b.subscribe("t", () => n++);
  while (n === 0) {
    a.publish("t", "");
    await new Promise((r) => setTimeout(r, 20));
  }
  await new Promise((r) => setTimeout(r, 100));
  await relayRate(
    "socket relay",
    () => a.publish("t", payload),
    () => n,
  );
  await a.close();
  await b.close();
}
c.disconnect();
