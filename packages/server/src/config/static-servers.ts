import { kernelLimits } from "@matchforge/core";
import type { ListedServer } from "matchforge";
import type { Setting } from "./setting.ts";

const { serverAddressLengthMax, serverCapacityMax, serverLabelsMax, serversMax } = kernelLimits;
const nameForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const regionForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
const addressForm = new RegExp(`^[!-~]{1,${serverAddressLengthMax}}$`);

/** Game servers in the settings, each with a name of its own. */
export function staticServers(
  described: Pick<Setting<readonly ListedServer[]>, "environment" | "flag" | "description">,
): Setting<readonly ListedServer[]> {
  return {
    ...described,
    otherwise: [],
    expected: `up to ${serversMax} tables with a name of its own each, address, region, capacity from 1 to ${serverCapacityMax} and labels, as in [[servers.static]] name = "eu-1" address = "192.0.2.1:7777" region = "eu-west" capacity = 8`,
    read(given) {
      if (!Array.isArray(given) || given.length > serversMax) return undefined;
      const servers = given.map(serverIn).filter((server) => server !== undefined);
      const names = new Set(servers.map(({ name }) => name));
      return names.size === given.length ? servers : undefined;
    },
    fromText(given) {
      try {
        return JSON.parse(given);
      } catch {
        return given;
      }
    },
  };
}

function serverIn(given: unknown): ListedServer | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const {
    name,
    address,
    region = null,
    capacity = 1,
    labels = {},
    ...rest
  } = given as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return undefined;
  if (!isFormed(name, nameForm) || !isFormed(address, addressForm) || !areLabels(labels)) return undefined;
  if (region !== null && !isFormed(region, regionForm)) return undefined;
  if (typeof capacity !== "number" || !Number.isInteger(capacity)) return undefined;
  const isCapacity = capacity >= 1 && capacity <= serverCapacityMax;
  return isCapacity ? { name, offer: { address, region, capacity, labels: { ...labels } } } : undefined;
}

function areLabels(given: unknown): given is Record<string, string> {
  if (typeof given !== "object" || given === null) return false;
  const labels = Object.entries(given);
  return labels.length <= serverLabelsMax && labels.flat().every((text) => isFormed(text, nameForm));
}

function isFormed(given: unknown, form: RegExp): given is string {
  return typeof given === "string" && form.test(given);
}
