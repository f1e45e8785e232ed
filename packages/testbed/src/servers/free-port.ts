import { once } from "node:events";
import { createServer } from "node:net";
import { testbedLimits } from "../limits.ts";

/**
 * Below every system's range of passing ports: one of those could go to a connection of somebody else while
 * its server is down, and a client that dials one in vain may end up connected to itself. Ten thousand above
 * a port is the one on which nodes of a Redis cluster meet, which stays below that range too.
 */
const range = { first: 12_000, last: 21_999 };
const busOffset = 10_000;

/**
 * A port of 127.0.0.1 that is free, as is the one 10,000 above it.
 *
 * @example
 * const port = await freePort();
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < testbedLimits.portTries; tries += 1) {
    const port = range.first + Math.floor(Math.random() * (range.last - range.first + 1));
    if ((await isFree(port)) && (await isFree(port + busOffset))) return port;
  }
  throw new Error(`${testbedLimits.portTries} ports of ${range.first} to ${range.last} are all in use.`);
}

async function isFree(port: number): Promise<boolean> {
  const listener = createServer().listen({ port, host: "127.0.0.1", exclusive: true });
  try {
    await once(listener, "listening");
  } catch {
    // Whatever is against listening here is against a server too.
    return false;
  }
  listener.close();
  await once(listener, "close");
  return true;
}
