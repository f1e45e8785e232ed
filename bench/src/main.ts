import { print, type Report } from "./report.ts";

/** Runs with what stands after its name on the command line. */
type Bench = (args: readonly string[]) => Promise<Report> | Report;

/** The benchmarks by name; each is loaded only when asked for. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  kernel: async () => (await import("./kernel/kernel-bench.ts")).kernelBench,
  pairs: async () => (await import("./pairs/pairs-bench.ts")).pairsBench,
  teams: async () => (await import("./teams/teams-bench.ts")).teamsBench,
  rounds: async () => (await import("./rounds/rounds-bench.ts")).roundsBench,
  latency: async () => (await import("./latency/latency-bench.ts")).latencyBench,
  throughput: async () => (await import("./throughput/throughput-bench.ts")).throughputBench,
  coordinator: async () => (await import("./coordinator/coordinator-bench.ts")).coordinatorBench,
  join: async () => (await import("./join/join-bench.ts")).joinBench,
  peers: async () => (await import("./peers/peers-bench.ts")).peersBench,
  fleet: async () => (await import("./fleet/fleet-bench.ts")).fleetBench,
  allocation: async () => (await import("./allocation/allocation-bench.ts")).allocationBench,
  wait: async () => (await import("./wait/wait-bench.ts")).waitBench,
};

const [name = "", ...args] = process.argv.slice(2);
const load = benches[name];
if (load === undefined) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
} else {
  const bench = await load();
  print(await bench(args));
}
