import { setTimeout as pause } from "node:timers/promises";
import { quantile } from "../report.ts";
import type { LoadPlayer, Traffic } from "./load-player.ts";
import { metricsOf } from "./server-metrics.ts";
import type { ServerProcess } from "./server-process.ts";
import { type Opened, openBareSockets, openSignedIn } from "./socket-cost.ts";

const rounds = 3;
const waiting = 2_000;
const ladderEntry = JSON.stringify({
  type: "queue.enter",
  id: "enter",
  ts: 0,
  data: { game_type: "ladder", preferences: { min_opponent_rating: 3_000 } },
});
const ladderExit = JSON.stringify({ type: "queue.leave", id: "leave", ts: 0, data: {} });

/** How fast everybody comes back. */
export interface Storm {
  /** Sockets opened, players signed in and told their whole truth, a second. */
  readonly resumesPerSecond: number;
  readonly bareHandshakesPerSecond: number;
  readonly lost: number;
  readonly loadBusy: number;
  readonly bareLoadBusy: number;
}

/**
 * Everybody comes back at once, to a server that knows them, some with a ticket that waits; and the same number of
 * bare handshakes for comparison. Both take turns; medians count.
 */
export async function reconnectStorm(options: {
  readonly server: ServerProcess;
  readonly bare: ServerProcess;
  /** Who is signed in now; the first of them are to wait in a queue all along. */
  readonly players: readonly LoadPlayer[];
  readonly auths: readonly Buffer[];
  readonly traffic: Traffic;
}): Promise<Storm> {
  const { server, bare, auths, traffic } = options;
  const ours: Opened<unknown>[] = [];
  const theirs: Opened<unknown>[] = [];
  let { players } = options;
  let lost = 0;
  for (const player of players.slice(0, waiting)) player.send(ladderEntry);
  await untilQueued(server, waiting);
  for (let round = 0; round < rounds; round += 1) {
    for (const player of players) player.close();
    await allGone(server);
    const handshakes = await openBareSockets(bare, auths.length);
    theirs.push(handshakes);
    for (const client of handshakes.clients) client.close();
    await pause(1_000);
    const resumes = await openSignedIn(server, { auths, traffic });
    ours.push(resumes);
    players = resumes.clients;
    lost += players.slice(0, waiting).filter(({ synced }) => !synced.includes('"in_queue"')).length;
  }
  for (const player of players.slice(0, waiting)) player.send(ladderExit);
  await untilQueued(server, 0);
  for (const player of players) player.close();
  await allGone(server);
  return {
    resumesPerSecond: medianOf(ours.map(({ perSecond }) => perSecond)),
    bareHandshakesPerSecond: medianOf(theirs.map(({ perSecond }) => perSecond)),
    lost,
    loadBusy: medianOf(ours.map(({ loadBusy }) => loadBusy)),
    bareLoadBusy: medianOf(theirs.map(({ loadBusy }) => loadBusy)),
  };
}

/** Resolves once so many tickets wait. */
async function untilQueued({ port }: ServerProcess, tickets: number): Promise<void> {
  while (((await metricsOf(port)).get("matchmaking_queue_size") ?? 0) !== tickets) await pause(100);
}

/** Resolves once a server has noticed that every socket is closed. */
export async function allGone({ port }: ServerProcess): Promise<void> {
  while (((await metricsOf(port)).get("game_websocket_connections") ?? 0) > 0) await pause(100);
}

function medianOf(values: number[]): number {
  return quantile(
    values.sort((left, right) => left - right),
    0.5,
  );
}
