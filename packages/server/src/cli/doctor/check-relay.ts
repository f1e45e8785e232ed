import { isLoopback } from "../../config/config.ts";
import type { FleetConfig } from "../../config/fleet-config.ts";
import { type Found, fail, ok, warn } from "./finding.ts";
import { listenFailure } from "./listen-failure.ts";

const everywhere: ReadonlySet<string> = new Set(["0.0.0.0", "::", "[::]"]);

/** Whether this node's relay could listen, and others can reach it where they are told to. */
export async function checkRelay({ relayHost, relayPort, relayAddress }: FleetConfig): Promise<Found> {
  const place = `${relayHost}:${relayPort === 0 ? "any port" : relayPort}`;
  if (everywhere.has(relayHost) && relayAddress === null)
    return fail(
      `others cannot be told to connect to ${relayHost}`,
      'Name the address they reach this node at: relay_address = "10.0.0.1:7000"',
    );
  const code = await listenFailure(relayHost, relayPort);
  if (code === "EADDRINUSE")
    return warn(`${place} is in use`, "Fine if this node runs; otherwise choose another relay_port.");
  if (code !== null)
    return fail(`${place} cannot be listened on (${code})`, "Set relay_host to an address of this machine.");
  const told = relayAddress ?? place;
  const [host = ""] = relayAddress?.split(/:\d+$/) ?? [relayHost];
  if (isLoopback(host))
    return warn(
      `others are told to connect to ${told}, which is this machine`,
      "Fine if all nodes run here; otherwise set relay_host, or relay_address.",
    );
  return ok(`others are told to connect to ${told}`);
}
