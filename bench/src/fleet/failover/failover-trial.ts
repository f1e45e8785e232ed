import { setTimeout as pause } from "node:timers/promises";
import type { Fleet } from "../../load/fleet.ts";
import type { Traffic } from "../../load/load-player.ts";
import { authFrames } from "../../load/many-players.ts";
import { Pacer } from "../../load/pacer.ts";
import type { ServerProcess } from "../../load/server-process.ts";
import { FailoverRecord } from "./failover-record.ts";
import { Survivor } from "./survivor.ts";

const players = 400;
const warmUpMs = 5_000;
/** Between a node's return and the next kill. */
const calmMs = 4_000;
const resumeMaxMs = 30_000;
/** The longest a match may still take: its ready check, its play, its grace. */
const endMaxMs = 110_000;

/** What came of killing leaders. */
export interface FailoverFigures {
  /** From each kill to the first match of two who both asked after it. */
  readonly resumedMs: readonly number[];
  readonly matches: number;
  /** Tickets that were acknowledged and of whose end nobody was told. */
  readonly lostTickets: number;
  /** Matches that ended while both players were away: their result stands in the archive. */
  readonly endedUnseen: number;
  /** Matches that began and have no end. */
  readonly lostMatches: number;
}

/** Kills the leader under load, over and over, and looks at when matching goes on and at what is lost. */
export async function tryFailover(fleet: Fleet, kills: number): Promise<FailoverFigures> {
  const record = new FailoverRecord();
  const pacer = new Pacer();
  const traffic: Traffic = { sent: 0, received: 0 };
  const ports = fleet.nodes.map(({ port }) => port);
  const auths = await authFrames({ secret: fleet.nodes[0].secret, count: players, label: "failover" });
  const survivors = auths.map((auth, index) => new Survivor({ index, auth, ports, traffic, pacer, record }));
  for (const survivor of survivors) survivor.connect();
  await pause(warmUpMs);
  const resumedMs: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    resumedMs.push(await killLeader(fleet, record));
    console.error(`… kill ${kill + 1} of ${kills}: matching went on after ${Math.round(resumedMs[kill])} ms`);
    await pause(calmMs);
  }
  record.isClosing = true;
  const until = performance.now() + endMaxMs;
  let unended = [...record.open];
  while (unended.length > 0 && performance.now() < until) {
    await pause(500);
    unended = await withoutEnd([...record.open], ports[0]);
  }
  record.isOver = true;
  for (const survivor of survivors) survivor.close();
  pacer.stop();
  const { matches, lostTickets, open } = record;
  const endedUnseen = open.size - unended.length;
  return { resumedMs, matches, lostTickets, endedUnseen, lostMatches: unended.length };
}

async function killLeader(fleet: Fleet, record: FailoverRecord): Promise<number> {
  const leads = await Promise.all(fleet.nodes.map(leadsShard));
  const index = leads.indexOf(true);
  if (index < 0) throw new Error("no node leads the shard");
  const killedAt = performance.now();
  const resumed = new Promise<number>((resolve, reject) => {
    const late = () => reject(new Error(`matching did not go on within ${resumeMaxMs} ms`));
    const timer = setTimeout(late, resumeMaxMs);
    record.onFound((foundAt, enteredAt) => {
      if (enteredAt < killedAt) return;
      clearTimeout(timer);
      resolve(foundAt - killedAt);
    });
  });
  await fleet.nodes[index].kill();
  const resumedMs = await resumed;
  await fleet.restart(index);
  return resumedMs;
}

/** Those of some matches that have not ended, as a node tells everybody. */
async function withoutEnd(ids: readonly string[], port: number | undefined): Promise<string[]> {
  const ended = new Set(["SETTLED", "CANCELLED", "VOIDED"]);
  const live: string[] = [];
  for (const id of ids) {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/matches/${id}`);
    const { state = "" } = (await response.json()) as { state?: string };
    if (!ended.has(state)) live.push(id);
  }
  return live;
}

async function leadsShard({ port }: ServerProcess): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  return (await response.text()).includes("leads the shard");
}
