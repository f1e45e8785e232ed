import { kernelLimits } from "@matchforge/core";
import { AllocatorError } from "../allocator-error.ts";
import { isRegionName, printableForm } from "../printable.ts";
import { fieldsOf } from "../read-json.ts";

/** A GameServer, or what an allocation tells of one. */
export interface FoundGameServer {
  readonly name: string;
  readonly address: string;
  readonly region: string | null;
}

/** What of a GameServer its address is made of. */
export interface AddressParts {
  readonly name: unknown;
  readonly address: unknown;
  readonly ports: unknown;
  readonly labels: unknown;
}

/** Kubernetes' own form of an object's name, which goes into paths. */
const nameForm = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** The GameServers of a list that are not on their way out: those are given back already. */
export function gameServersIn(list: unknown): Readonly<Record<string, unknown>>[] {
  const { items } = fieldsOf(list);
  if (!Array.isArray(items)) throw unreadable("a list of GameServers without items");
  return items.map(fieldsOf).filter(({ metadata }) => fieldsOf(metadata).deletionTimestamp === undefined);
}

/** The name of a GameServer. */
export function nameOf(name: unknown): string {
  if (typeof name !== "string" || !nameForm.test(name)) throw unreadable("a GameServer without a name");
  return name;
}

/** Where players reach a GameServer, by the port of a name, or else its first. */
export function reachedAt(
  { name, address: host, ports, labels }: AddressParts,
  { portName, regionLabel }: { readonly portName: string | null; readonly regionLabel: string },
): FoundGameServer {
  const known = Array.isArray(ports) ? ports.map(fieldsOf) : [];
  const port = portName === null ? known[0] : known.find((one) => one.name === portName);
  if (port === undefined) {
    const wanted =
      portName === null ? "any port" : `a port called "${portName}"; see servers.agones_port_name`;
    throw unreadable(`the GameServer ${nameOf(name)} without ${wanted}`);
  }
  const isHost = typeof host === "string" && host !== "" && printableForm.test(host);
  if (!isHost || !Number.isInteger(port.port))
    throw unreadable(`the GameServer ${nameOf(name)} without address`);
  const address = `${host.includes(":") ? `[${host}]` : host}:${port.port}`;
  if (address.length > kernelLimits.serverAddressLengthMax) throw unreadable("an address that is too long");
  const region = fieldsOf(labels)[regionLabel];
  return {
    name: nameOf(name),
    address,
    region: typeof region === "string" && isRegionName(region) ? region : null,
  };
}

function unreadable(what: string): AllocatorError {
  return new AllocatorError("ANSWER_UNREADABLE", `Agones answers with ${what}.`);
}
