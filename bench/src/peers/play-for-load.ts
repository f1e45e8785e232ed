import { setTimeout as pause } from "node:timers/promises";
import { quantile } from "../report.ts";

/** One match of one client, from its request to its leaving; tells how long it took to start. */
export type PlayOnce = (told: (startMs: number) => void) => Promise<void>;

/** What a load process measured. */
export interface LoadFigures {
  readonly matchesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Part of the time the load process itself used. */
  readonly loadBusy: number;
  readonly errors: number;
}

const warmUpMs = 2_000;
const retryMs = 50;

/** Lets clients play over and over, and prints what came of it as one line of JSON. Ends the process. */
export async function playForLoad(
  play: PlayOnce,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<void> {
  let startMs: number[] = [];
  let errors = 0;
  const client = async () => {
    for (;;) {
      try {
        await play((elapsedMs) => startMs.push(elapsedMs));
      } catch {
        errors += 1;
        await pause(retryMs);
      }
    }
  };
  for (let index = 0; index < clients; index += 1) void client();
  await pause(warmUpMs);
  startMs = [];
  errors = 0;
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await pause(seconds * 1_000);
  const elapsed = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(before);
  const sorted = startMs.sort((left, right) => left - right);
  const figures: LoadFigures = {
    matchesPerSecond: sorted.length / 2 / elapsed,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    loadBusy: (user + system) / 1e6 / elapsed,
    errors,
  };
  console.log(JSON.stringify(figures));
  process.exit(0);
}
