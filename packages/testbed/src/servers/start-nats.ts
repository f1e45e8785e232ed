import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { testbedLimits } from "../limits.ts";
import { ownKeeper } from "../processes/own-keeper.ts";
import { requirePrograms } from "../programs/require-programs.ts";
import type { PrivateServer } from "./private-server.ts";
import { makeServerFolder } from "./server-folder.ts";
import { startOnFreePort } from "./start-on-free-port.ts";

export interface NatsOptions {
  /** Lines of its configuration, beside ours or instead of them. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a NATS of our own, with JetStream.
 *
 * @returns When it answers.
 * @throws Error with the end of its log, when it does not start.
 * @example
 * await using nats = await startNats();
 * const connection = await connect({ servers: nats.url });
 */
export async function startNats({ settings = {} }: NatsOptions = {}): Promise<PrivateServer> {
  const { "nats-server": program } = await requirePrograms("nats-server");
  const keeper = ownKeeper();
  const place = await makeServerFolder(keeper);
  return startOnFreePort((port) => {
    // No other server has this name, so that its answer can be told from theirs.
    const name = `matchforge-${process.pid}-${port}`;
    const all = { server_name: name, jetstream: `{ store_dir: "${place.dataFolder}" }`, ...settings };
    const configuration = { port: `${port}`, host: "127.0.0.1", ...all };
    const lines = Object.entries(configuration).map(([key, value]) => `${key}: ${value}\n`);
    writeFileSync(place.path("nats.conf"), lines.join(""));
    return {
      ...place,
      name: `NATS on port ${port}`,
      keeper,
      program,
      args: ["-c", place.path("nats.conf")],
      port,
      url: `nats://127.0.0.1:${port}`,
      settings: all,
      stopSignal: "SIGTERM",
      isReady: () => isReady(port, name),
    };
  });
}

/** Whether the server of this name greets on the port. */
function isReady(port: number, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    let greeting = "";
    const socket = connect({ port, host: "127.0.0.1" });
    socket.setTimeout(testbedLimits.answerMs, () => socket.destroy());
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      greeting += chunk;
      if (!greeting.includes("\r\n")) return;
      resolve(greeting.includes(`"server_name":"${name}"`));
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}
