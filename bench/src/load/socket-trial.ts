import { setTimeout as pause } from "node:timers/promises";
import { atLeast, atMost, type Goal, rounded } from "../report.ts";
import { type EchoRate, echoRate } from "./echo-rate.ts";
import type { Traffic } from "./load-player.ts";
import { reconnectStorm, type Storm } from "./reconnect-storm.ts";
import { type ServerProcess, startBarePeer } from "./server-process.ts";
import { openBareSockets, openSignedIn, type SocketWeight, weigh } from "./socket-cost.ts";

/** What a bare `ws` server can do, in the same run. */
export interface BareFigures {
  readonly weight: SocketWeight;
  readonly echo: EchoRate;
}

/** What many sockets cost a coordinator, and how fast they all come back. */
export interface SocketTrial {
  readonly weight: SocketWeight;
  readonly storm: Storm;
}

/** Weighs sockets of a bare `ws` server and counts what it echoes. */
export async function measureBare(sockets: number): Promise<BareFigures> {
  const bare = await startBarePeer("echo");
  const { opened, ...weight } = await weigh(bare, () => openBareSockets(bare, sockets));
  for (const client of opened.clients) client.close();
  await pause(1_000);
  const echo = await echoRate(bare);
  await bare.stop();
  return { weight, echo };
}

/** Weighs the sockets of players who are signed in and idle, then lets them all come back at once. */
export async function trySockets(
  server: ServerProcess,
  { auths, traffic }: { auths: readonly Buffer[]; traffic: Traffic },
): Promise<SocketTrial> {
  const { opened, ...weight } = await weigh(server, () => openSignedIn(server, { auths, traffic }));
  const bare = await startBarePeer("echo");
  const storm = await reconnectStorm({ server, bare, players: opened.clients, auths, traffic });
  await bare.stop();
  return { weight, storm };
}

/** The figures of a bare server, for a report. */
export function bareFigures({ weight, echo }: BareFigures): Record<string, number> {
  return {
    bare_bytes_per_socket: Math.round(weight.bytesPerSocket),
    bare_process_mb: Math.round(weight.processBytes / 1e6),
    bare_echo_messages_per_s: rounded(echo.messagesPerSecond),
    bare_echo_server_us_per_message: rounded(echo.serverMicrosPerMessage),
  };
}

/** The figures of a coordinator's sockets, for a report. */
export function socketFigures(
  prefix: string,
  { weight, storm }: SocketTrial,
): Record<string, number | string> {
  return {
    [`${prefix}_bytes_per_socket`]: Math.round(weight.bytesPerSocket),
    [`${prefix}_idle_process_mb`]: Math.round(weight.idleBytes / 1e6),
    [`${prefix}_process_mb`]: Math.round(weight.processBytes / 1e6),
    [`${prefix}_storm_resumes_per_s`]: rounded(storm.resumesPerSecond),
    [`${prefix}_storm_bare_handshakes_per_s`]: rounded(storm.bareHandshakesPerSecond),
    [`${prefix}_storm_load_busy`]: `${rounded(storm.loadBusy)}, bare ${rounded(storm.bareLoadBusy)}`,
  };
}

/** What the sockets of a coordinator are to cost, measured against bare ones. */
export function socketGoals(prefix: string, { weight, storm }: SocketTrial, bare: BareFigures): Goal[] {
  const ofBare = weight.bytesPerSocket / bare.weight.bytesPerSocket;
  const ofProcess = weight.processBytes / bare.weight.processBytes;
  const ofHandshakes = storm.resumesPerSecond / storm.bareHandshakesPerSecond;
  return [
    atMost(`${prefix}: memory of a signed-in socket in bare ones`, ofBare, 1.5),
    atMost(`${prefix}: memory of the whole process in that of the bare one`, ofProcess, 1.5),
    atLeast(`${prefix}: resumes in bare handshakes`, ofHandshakes, 0.5),
    atMost(`${prefix}: tickets lost in the storm`, storm.lost, 0),
  ];
}
