import { isLoopback } from "../../config/config.ts";
import type { FleetConfig } from "../../config/fleet-config.ts";
import { type Found, fail, ok, warn } from "./finding.ts";
import { listenFailure } from "./listen-failure.ts";

/** Whether this node's relay could listen, and others can reach it where they are told to. */
export async function checkRelay({ relayHost, relayPort, relayAddress }: FleetConfig): Promise<Found> {
  const place = `${relayHost}:${relayPort === 0 ? "any port" : relayPort}`;
  const code = await listenFailure(relayHost, relayPort);
  if (code === "EADDRINUSE")
    return warn(`${place} is in use`, "Fine if this node runs; otherwise choose another relay_port.");
  if (code !== null)
    return fail(`${place} cannot be listened on (${code})`, "Set relay_host to an address of this machine.");
  if (relayAddress !== null && relayPort === 0)
    return warn(
      `others are told to connect to ${relayAddress}, and this node listens at any free port`,
      "Set relay_port to the port that relay_address leads to.",
    );
  const told = relayAddress ?? place;
  const [host = ""] = relayAddress?.split(/:\d+$/) ?? [relayHost];
  if (isLoopback(host))
    return warn(
      `others are told to connect to ${told}, which is this machine`,
      "Fine if all nodes run here; otherwise set relay_host, or relay_address.",
    );
  return ok(`others are told to connect to ${told}`);
}
