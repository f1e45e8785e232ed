import { parentPort } from "node:worker_threads";
import { simulateWorld } from "./simulate-world.ts";

parentPort?.on("message", (request: { readonly seed: number; readonly matches: number }) => {
  void simulateWorld(request).then((report) => parentPort?.postMessage(report));
});
