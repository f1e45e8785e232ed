import { setTimeout as pause } from "node:timers/promises";
import { clientFrame } from "./frames.ts";
import { usageOf } from "./process-usage.ts";
import type { ServerProcess } from "./server-process.ts";
import { openClients } from "./signed-in.ts";

const sockets = 200;
const underWay = 8;
const measureMs = 4_000;
const warmUpMs = 1_000;

/** What a bare `ws` server can do with messages of the length of a `game.progress`. */
export interface EchoRate {
  /** In and out together. */
  readonly messagesPerSecond: number;
  /** Processor time of the server for one message, in or out. */
  readonly serverMicrosPerMessage: number;
}

/** Keeps a few messages under way on each of many sockets, and counts those that come back. */
export async function echoRate(server: ServerProcess): Promise<EchoRate> {
  const data = { match_id: "match_0190a0c2f6c27000bb6ba6b2f81d36c5", from: 40, typed: "nm" };
  const frame = clientFrame(JSON.stringify({ type: "game.progress", id: "keys", ts: 0, data }));
  const clients = await openClients(server.port, sockets);
  let echoes = 0;
  for (const client of clients) {
    client.onMessage(() => {
      echoes += 1;
      client.send(frame);
    });
    for (let sent = 0; sent < underWay; sent += 1) client.send(frame);
  }
  await pause(warmUpMs);
  const before = { echoes, cpuSeconds: usageOf(server.pid).cpuSeconds, at: performance.now() };
  await pause(measureMs);
  const messages = (echoes - before.echoes) * 2;
  const cpuSeconds = usageOf(server.pid).cpuSeconds - before.cpuSeconds;
  const seconds = (performance.now() - before.at) / 1_000;
  for (const client of clients) client.close();
  return { messagesPerSecond: messages / seconds, serverMicrosPerMessage: (cpuSeconds * 1e6) / messages };
}
