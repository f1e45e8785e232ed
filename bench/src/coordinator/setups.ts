import { startFleet } from "../load/fleet.ts";
import { type CoordinatorSetup, type ServerProcess, startCoordinator } from "../load/server-process.ts";

/** A coordinator that runs, and what ends it and its stores. */
export interface RunningSetup {
  readonly server: ServerProcess;
  stop(): Promise<void>;
}

/** What every set-up is started with. */
type Options = Required<Pick<CoordinatorSetup, "rules" | "nodeArgs">>;

/** Where one coordinator can keep its data, by name. */
export const setups: Readonly<Record<string, (options: Options) => Promise<RunningSetup>>> = {
  embedded: async (options) => {
    const server = await startCoordinator(options);
    return { server, stop: () => server.stop() };
  },
  postgres: async (options) => {
    const fleet = await startFleet({ ...options, nodes: 1, redis: false });
    return { server: fleet.nodes[0], stop: () => fleet.stop() };
  },
};
