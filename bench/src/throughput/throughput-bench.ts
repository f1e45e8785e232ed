import { clientFrame } from "../load/frames.ts";
import { isType, type RawClient } from "../load/raw-client.ts";
import { startBarePeer, startCoordinator } from "../load/server-process.ts";
import { openClients, signedIn } from "../load/signed-in.ts";
import { atLeast, atMost, quantile, type Report, rounded } from "../report.ts";

const players = 4_000;
const rounds = 9;

/**
 * Matches per second from `queue.enter` to `match.found` on both sockets, against a matchmaker that keeps nothing.
 * Rounds of both take turns, so that a noisy neighbour disturbs both alike; medians count.
 */
export async function throughputBench(): Promise<Report> {
  const bare = await startBarePeer();
  const coordinator = await startCoordinator();
  const floor: Measured[] = [];
  const ours: Measured[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const both = [
      await measure(() => openClients(bare.port, players)),
      await measure(() => signedIn(coordinator, { count: players, label: `r${round}` })),
    ] as const;
    // The first round warms up.
    if (round === 0) continue;
    floor.push(both[0]);
    ours.push(both[1]);
  }
  await bare.stop();
  await coordinator.stop();
  const [perSecond, perSecondBare] = [ours, floor].map((all) => median(all.map((one) => one.perSecond)));
  const [busy, busyBare] = [ours, floor].map((all) => median(all.map((one) => one.busy)));
  const ratio = perSecond / perSecondBare;
  return {
    bench: "throughput",
    figures: {
      matches_per_s: rounded(perSecond),
      matches_per_s_bare: rounded(perSecondBare),
      ratio: rounded(ratio),
      load_busy: rounded(busy),
      load_busy_bare: rounded(busyBare),
    },
    goals: [
      atLeast("part of a bare matchmaker's matches/s", ratio, 0.25),
      atMost("busy part of the load generator", Math.max(busy, busyBare), 0.8),
    ],
  };
}

interface Measured {
  readonly perSecond: number;
  /** Part of the time the load generator itself used. */
  readonly busy: number;
}

/** One round: everybody queues at once. */
async function measure(open: () => Promise<RawClient[]>): Promise<Measured> {
  const clients = await open();
  await new Promise((resume) => setTimeout(resume, 300));
  const before = process.cpuUsage();
  const seconds = await runRound(clients);
  const { user, system } = process.cpuUsage(before);
  for (const client of clients) client.close();
  await new Promise((resume) => setTimeout(resume, 500));
  return { perSecond: players / 2 / seconds, busy: (user + system) / 1e6 / seconds };
}

function median(values: number[]): number {
  return quantile(
    values.sort((left, right) => left - right),
    0.5,
  );
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
