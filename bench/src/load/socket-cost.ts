import { setTimeout as pause } from "node:timers/promises";
import type { LoadPlayer, Traffic } from "./load-player.ts";
import { inTurns, signInMany } from "./many-players.ts";
import { usageOf } from "./process-usage.ts";
import { RawClient } from "./raw-client.ts";
import type { ServerProcess } from "./server-process.ts";

const opensAtOnce = 500;
const settleMs = 3_000;

/** Sockets that stand, and what they cost. */
export interface Opened<Client> {
  readonly clients: Client[];
  readonly perSecond: number;
  /** Part of the time the load generator itself used. */
  readonly loadBusy: number;
}

/** What the sockets of a server weigh. */
export interface SocketWeight {
  readonly bytesPerSocket: number;
  readonly processBytes: number;
  readonly idleBytes: number;
}

/** Opens sockets to a server that asks for nothing. */
export function openBareSockets(server: ServerProcess, count: number): Promise<Opened<RawClient>> {
  return timed(count, () =>
    inTurns(count, opensAtOnce, (index) => RawClient.open({ index, port: server.port })),
  );
}

/** Opens sockets, signs a player in on each, and waits until each knows its whole truth. */
export function openSignedIn(
  server: Pick<ServerProcess, "port">,
  { auths, traffic }: { auths: readonly Buffer[]; traffic: Traffic },
): Promise<Opened<LoadPlayer>> {
  return timed(auths.length, () => signInMany({ ports: [server.port], auths, traffic }));
}

/** Opens sockets on an idle server and weighs it before and after. */
export async function weigh<Client>(
  server: ServerProcess,
  open: () => Promise<Opened<Client>>,
): Promise<SocketWeight & { readonly opened: Opened<Client> }> {
  await pause(settleMs);
  const idleBytes = usageOf(server.pid).rssBytes;
  const opened = await open();
  await pause(settleMs);
  const processBytes = usageOf(server.pid).rssBytes;
  const bytesPerSocket = (processBytes - idleBytes) / opened.clients.length;
  return { opened, idleBytes, processBytes, bytesPerSocket };
}

async function timed<Client>(count: number, open: () => Promise<Client[]>): Promise<Opened<Client>> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const clients = await open();
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { clients, perSecond: count / seconds, loadBusy: (user + system) / 1e6 / seconds };
}
