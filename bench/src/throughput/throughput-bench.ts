import { clientFrame } from "../load/frames.ts";
import { isType, type RawClient } from "../load/raw-client.ts";
import { type ServerProcess, startBarePeer, startCoordinator } from "../load/server-process.ts";
import { openClients, signedIn } from "../load/signed-in.ts";
import { atLeast, atMost, type Report, rounded } from "../report.ts";

const players = 4_000;
const rounds = 6;

/** Matches per second from `queue.enter` to `match.found` on both sockets, against a matchmaker that keeps nothing. */
export async function throughputBench(): Promise<Report> {
  const bare = await startBarePeer();
  const floor = await measure(bare, () => openClients(bare.port, players));
  await bare.stop();
  const coordinator = await startCoordinator();
  let label = 0;
  const ours = await measure(coordinator, () => {
    label += 1;
    return signedIn(coordinator, { count: players, label: `r${label}` });
  });
  await coordinator.stop();
  const busiest = Math.max(floor.busy, ours.busy);
  const ratio = ours.perSecond / floor.perSecond;
  return {
    bench: "throughput",
    figures: {
      matches_per_s: rounded(ours.perSecond),
      matches_per_s_bare: rounded(floor.perSecond),
      ratio: rounded(ratio),
      load_busy: rounded(ours.busy),
      load_busy_bare: rounded(floor.busy),
    },
    goals: [
      atLeast("part of a bare matchmaker's matches/s", ratio, 0.25),
      atMost("busy part of the load generator", busiest, 0.8),
    ],
  };
}

interface Measured {
  readonly perSecond: number;
  /** Part of the time the load generator itself used. */
  readonly busy: number;
}

/** The first round warms up and does not count. */
async function measure(_server: ServerProcess, open: () => Promise<RawClient[]>): Promise<Measured> {
  let matches = 0;
  let seconds = 0;
  let busySeconds = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const clients = await open();
    await new Promise((resume) => setTimeout(resume, 300));
    const before = process.cpuUsage();
    const took = await runRound(clients);
    const { user, system } = process.cpuUsage(before);
    for (const client of clients) client.close();
    await new Promise((resume) => setTimeout(resume, 500));
    if (round === 0) continue;
    matches += players / 2;
    seconds += took;
    busySeconds += (user + system) / 1e6;
  }
  return { perSecond: matches / seconds, busy: busySeconds / seconds };
}

function runRound(clients: readonly RawClient[]): Promise<number> {
  const frame = clientFrame(
    JSON.stringify({ type: "queue.enter", id: "enter", ts: 0, data: { game_type: "bench" } }),
  );
  return new Promise((resolve, reject) => {
    let found = 0;
    const startedAt = performance.now();
    for (const client of clients) {
      client.onMessage((_, bytes, start, end) => {
        if (isType(bytes, start, "match.found")) {
          found += 1;
          if (found === clients.length) resolve((performance.now() - startedAt) / 1_000);
        } else if (isType(bytes, start, "error")) {
          reject(new Error(bytes.subarray(start, end).toString()));
        }
      });
    }
    for (const client of clients) client.send(frame);
  });
}
