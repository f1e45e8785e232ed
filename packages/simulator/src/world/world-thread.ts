import { parentPort } from "node:worker_threads";
import { simulateWorld } from "./simulate-world.ts";
import type { WorldOptions } from "./world.ts";

parentPort?.on("message", (request: WorldOptions) => {
  void simulateWorld(request).then((report) => parentPort?.postMessage(report));
});
