import { testbedLimits } from "../limits.ts";
import { freePort } from "./free-port.ts";
import { PrivateServer, type ServerPlan } from "./private-server.ts";

/** Starts a server on a free port; when another took that port in the meantime, on the next. */
export async function startOnFreePort(planFor: (port: number) => ServerPlan): Promise<PrivateServer> {
  for (let tries = 1; ; tries += 1) {
    const server = new PrivateServer(planFor(await freePort()));
    try {
      await server.start();
      return server;
    } catch (error) {
      const isTaken = /address already in use/i.test((error as Error).message);
      if (!isTaken || tries === testbedLimits.portTries) {
        await server.remove();
        throw error;
      }
    }
  }
}
