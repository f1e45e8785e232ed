import { openPostgres } from "@matchforge/stores/postgres";
import { startPostgres } from "@matchforge/testbed";
import { startFleetShard } from "../../../packages/server/src/shard/fleet-shard.ts";
import { atMost, type Report, rounded } from "../report.ts";
import { fillLog, rules, shardSecret } from "./crowded-log.ts";

const crowd = { matches: 10_000, tickets: 100_000 };

/** How long a node takes to join a shard full of players: the newest snapshot, and as many entries after it as there can be. */
export async function joinBench(): Promise<Report> {
  await using server = await startPostgres();
  const shard = "join";
  const filling = await openPostgres({ url: server.url, schema: `matchforge_${shard}` });
  console.log(`Filling a log: ${crowd.tickets} tickets wait, ${crowd.matches} matches are played.`);
  const state = await fillLog(filling.log(), crowd);
  await filling.archive().commit({ cursor: state.position, events: [], rows: [] });
  await filling.close();
  const secs: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const startedAt = performance.now();
    const running = await startFleetShard({
      fleet: {
        node: `node-${run}`,
        database: server.url,
        redis: null,
        log: "postgres",
        relay: "nodes",
        relayHost: "127.0.0.1",
        relayPort: 0,
        relayAddress: null,
      },
      shard,
      shardSecret,
      rules,
      allowUnsafe: [],
      report: () => {},
      onFatal: (error) => {
        throw error;
      },
    });
    secs.push((performance.now() - startedAt) / 1_000);
    const { tickets, matches } = running.node.state;
    console.log(
      `Joined in ${rounded(secs.at(-1) ?? 0)} s: ${tickets.size} tickets, ${matches.size} matches.`,
    );
    await running.stop();
  }
  const median = [...secs].sort((a, b) => a - b)[1] ?? 0;
  return {
    bench: "join",
    figures: {
      entries: state.position,
      join_s_median: rounded(median),
      join_s_worst: rounded(Math.max(...secs)),
    },
    goals: [atMost("seconds to join a shard of 100,000 tickets and 10,000 matches", median, 5)],
  };
}
