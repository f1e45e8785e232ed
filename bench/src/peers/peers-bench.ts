import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { startCoordinator, startScript } from "../load/server-process.ts";
import { atLeast, atMost, type Goal, quantile, type Report, rounded } from "../report.ts";
import { installColyseus } from "./colyseus/install-colyseus.ts";
import type { LoadFigures } from "./play-for-load.ts";

const run = promisify(execFile);
const clientCounts = [20, 100, 500];
const rankedClients = 100;
const fastCycleMs = 50;
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const scripts = {
  server: pathOf("./colyseus/colyseus-server.ts"),
  colyseus: pathOf("./colyseus/colyseus-load.ts"),
  ours: pathOf("./match-forge/match-forge-load.ts"),
};
const rules = pathOf("./match-forge/peers-rules.toml");

/**
 * The strongest peer in TypeScript on the same work: two players ask, meet, start and leave, over and over. One
 * server and one load process each, in turns, so that a noisy neighbour disturbs both alike; medians count.
 */
export async function peersBench(args: readonly string[]): Promise<Report> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: "string", default: "3" }, seconds: { type: "string", default: "5" } },
  });
  const rounds = Number(values.rounds);
  const seconds = Number(values.seconds);
  console.error("… installs Colyseus into a temporary folder");
  const colyseus = await installColyseus();
  const theirs = await startScript([scripts.server, colyseus.folder, String(fastCycleMs)]);
  const ours = await startCoordinator({ rules });
  const peer = [scripts.colyseus, colyseus.folder, String(theirs.port)];
  const own = [scripts.ours, ours.secret, String(ours.port)];
  const figures: Record<string, number | string> = { colyseus: colyseus.settings };
  const goals: Goal[] = [];
  for (const clients of clientCounts) {
    const [their, our] = await compare([peer, own], {
      kinds: ["battle", "battle"],
      clients,
      seconds,
      rounds,
    });
    Object.assign(
      figures,
      named(`colyseus_${clients}_clients`, their),
      named(`ours_${clients}_clients`, our),
    );
    const ratio = our.matchesPerSecond / their.matchesPerSecond;
    goals.push(atLeast(`matches/s of ${clients} clients in Colyseus'`, ratio, 4));
  }
  const [queue, fast, our] = await compare([peer, peer, own], {
    kinds: ["queue", "fast_queue", "ranked"],
    clients: rankedClients,
    seconds,
    rounds,
  });
  Object.assign(
    figures,
    named("colyseus_ranked_queue_as_documented", queue),
    named(`colyseus_ranked_queue_every_${fastCycleMs}_ms`, fast),
    named("ours_ranked", our),
  );
  goals.push(atMost("ranked p50 in that of Colyseus' queue", our.p50Ms / queue.p50Ms, 0.1));
  await ours.stop();
  await theirs.stop();
  colyseus.remove();
  return { bench: "peers", figures, goals };
}

/** Lets load processes take turns; answers the median of each. */
async function compare(
  loads: readonly (readonly string[])[],
  plan: { kinds: readonly string[]; clients: number; seconds: number; rounds: number },
): Promise<LoadFigures[]> {
  const { kinds, clients, seconds, rounds } = plan;
  const measured: LoadFigures[][] = loads.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, load] of loads.entries()) {
      console.error(`… ${clients} clients, ${kinds[index]}, round ${round + 1} of ${rounds}`);
      const args = [...load, kinds[index], String(clients), String(seconds)];
      const { stdout } = await run(process.execPath, args);
      measured[index].push(JSON.parse(stdout) as LoadFigures);
    }
  }
  return measured.map(medianOf);
}

function medianOf(rounds: readonly LoadFigures[]): LoadFigures {
  const of = (pick: (one: LoadFigures) => number) =>
    quantile(
      rounds.map(pick).sort((left, right) => left - right),
      0.5,
    );
  return {
    matchesPerSecond: of((one) => one.matchesPerSecond),
    p50Ms: of((one) => one.p50Ms),
    p99Ms: of((one) => one.p99Ms),
    loadBusy: of((one) => one.loadBusy),
    errors: of((one) => one.errors),
  };
}

function named(name: string, measured: LoadFigures): Record<string, number> {
  return {
    [`${name}_matches_per_s`]: rounded(measured.matchesPerSecond),
    [`${name}_start_p50_ms`]: rounded(measured.p50Ms),
    [`${name}_start_p99_ms`]: rounded(measured.p99Ms),
    [`${name}_load_busy`]: rounded(measured.loadBusy),
    [`${name}_errors`]: measured.errors,
  };
}
