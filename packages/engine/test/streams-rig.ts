import assert from "node:assert/strict";
import type { MatchId, PlayerId } from "@matchforge/core";
import type { EventRow, StreamRecord } from "@matchforge/stores";
import { StreamReactor } from "../src/index.ts";
import { MatchFactsBook, type ReadEvent } from "../src/streams/match-facts.ts";
import { recordOf } from "../src/streams/record-of.ts";
import type { Cluster, TestNode } from "./cluster.ts";

/** Every stored event of a cluster. */
export function rowsOf({ archive }: Cluster): Promise<EventRow[]> {
  return archive.events({ from: { position: 0, index: 0 }, limit: 10_000 });
}

/** An event as the archive has it, of a position of its own. */
export function rowOf(event: Readonly<Record<string, unknown>>, position = 1): EventRow {
  const payload = JSON.stringify(event, (_key, value) => (typeof value === "bigint" ? `${value}` : value));
  const type = String(event.type);
  return { position, index: 0, type, matchId: null, playerId: null, at: 1_700_000_000_000, payload };
}

/** Rows as a node reads them that has just begun to lead. */
export function readAnew(
  { archive }: Cluster,
  rows: readonly EventRow[],
  problems: string[] = [],
): Promise<ReadEvent[]> {
  return new MatchFactsBook({ archive, report: ({ code }) => problems.push(code) }).read(rows);
}

/** The records of all that a cluster has stored. */
export async function recordsIn(cluster: Cluster): Promise<StreamRecord[]> {
  return (await readAnew(cluster, await rowsOf(cluster))).flatMap((read) => recordOf(read) ?? []);
}

/** The states a match has entered, by its records. */
export function statesOf(records: readonly StreamRecord[], match: MatchId): unknown[] {
  return records.flatMap(({ match_id, data }) => (match_id === match && "state" in data ? [data.state] : []));
}

/** Two players who queue for a mode; the match they are put into. */
export async function matched(
  cluster: Cluster,
  node: TestNode,
  { mode, tier = null, players }: { mode: string; tier?: string | null; players: readonly PlayerId[] },
): Promise<MatchId> {
  for (const player of players) {
    await cluster.connect(node, player);
    await cluster.enqueue(node, player, mode, tier);
  }
  const matchOf = () => node.engine.state.players.get(players[0] as PlayerId)?.match ?? null;
  for (let turn = 0; turn < 200 && matchOf() === null; turn += 1) await cluster.pass(10);
  const match = matchOf();
  assert.ok(match !== null);
  return match;
}

/** A duel from queue to its settled result, won by its first player. */
export async function playDuel(cluster: Cluster, node: TestNode): Promise<MatchId> {
  const players = ["player_a", "player_b"] as const;
  const match = await matched(cluster, node, { mode: "duel", tier: "low", players });
  for (const player of players) await cluster.submit(node, { type: "match.accept", match, player });
  await cluster.pass(2_000);
  await cluster.submit(node, { type: "match.abandon", match, player: "player_b" });
  await cluster.pass(2_000);
  return match;
}

/** Follows a node's log with a reactor, as a coordinator does. */
export function follow(
  node: TestNode,
  options: Pick<ConstructorParameters<typeof StreamReactor>[0], "sink" | "archive" | "clock">,
) {
  const reports: string[] = [];
  const reactor = new StreamReactor({
    ...options,
    leads: () => node.engine.leads,
    report: ({ code }) => reports.push(code),
  });
  node.engine.replica.onApplied(() => reactor.applied());
  return { reactor, reports };
}
