/** A GameServer, as far as an allocation looks at it and changes it. */
export interface GameServer {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
    deletionTimestamp?: string;
  };
  readonly status: {
    state: string;
    readonly address: string;
    readonly ports: readonly { readonly name: string; readonly port: number }[];
  };
}

interface Selector {
  readonly gameServerState?: string;
  readonly matchLabels?: Readonly<Record<string, string>>;
}

const labelValue = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const labelKey = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/**
 * Allocates as Agones does: the first selector that any GameServer fits decides, and one that is allocated
 * already may be allocated again. What the published fields do not know is refused.
 */
export function allocate(given: unknown, gameServers: readonly GameServer[]): unknown {
  const { spec, ...head } = fields(given, ["apiVersion", "kind", "metadata", "spec"]);
  if (head.apiVersion !== "allocation.agones.dev/v1" || head.kind !== "GameServerAllocation")
    throw new Error("no GameServerAllocation");
  const { scheduling, selectors, metadata } = fields(spec, ["scheduling", "selectors", "metadata"]);
  if (scheduling !== "Packed" && scheduling !== "Distributed") throw new Error("no known scheduling");
  if (!Array.isArray(selectors)) throw new Error("no selectors");
  const patch = fields(metadata, ["labels", "annotations"]);
  const [labels, annotations] = [labelsIn(patch.labels), textsIn(patch.annotations)];
  const chosen = selectors.map(selectorIn).map((selector) => gameServers.find((one) => fits(selector, one)));
  const gameServer = chosen.find((one) => one !== undefined);
  if (gameServer === undefined)
    return { ...head, spec, status: { state: "UnAllocated", gameServerName: "", source: "local" } };
  Object.assign(gameServer.metadata.labels, labels);
  Object.assign(gameServer.metadata.annotations, annotations);
  gameServer.status.state = "Allocated";
  const { name } = gameServer.metadata;
  const { address, ports } = gameServer.status;
  const told = { labels: gameServer.metadata.labels, annotations: gameServer.metadata.annotations };
  const status = {
    state: "Allocated",
    gameServerName: name,
    ports,
    address,
    nodeName: "node-1",
    source: "local",
  };
  return { ...head, spec, status: { ...status, metadata: told } };
}

/** Whether a label selector of a list, such as `key=value`, chooses a GameServer. */
export function selects(selector: string, { metadata }: GameServer): boolean {
  if (selector === "") return true;
  return selector.split(",").every((part) => {
    const [key = "", value = "", ...rest] = part.split("=");
    if (rest.length > 0 || !labelKey.test(key) || !labelValue.test(value))
      throw new Error(`selector ${part}`);
    return metadata.labels[key] === value;
  });
}

function fits(
  { gameServerState = "Ready", matchLabels = {} }: Selector,
  { metadata, status }: GameServer,
): boolean {
  const isThere = metadata.deletionTimestamp === undefined && status.state === gameServerState;
  return isThere && Object.entries(matchLabels).every(([key, value]) => metadata.labels[key] === value);
}

function selectorIn(given: unknown): Selector {
  const { gameServerState = "Ready", matchLabels } = fields(given, ["gameServerState", "matchLabels"]);
  if (gameServerState !== "Ready" && gameServerState !== "Allocated") throw new Error("no known state");
  return { gameServerState, matchLabels: labelsIn(matchLabels) };
}

function labelsIn(given: unknown): Record<string, string> {
  const labels = textsIn(given);
  for (const [key, value] of Object.entries(labels))
    if (!labelKey.test(key) || !labelValue.test(value)) throw new Error(`label ${key}=${value}`);
  return labels;
}

function textsIn(given: unknown): Record<string, string> {
  const entries = Object.entries(given ?? {});
  for (const [key, value] of entries) if (typeof value !== "string") throw new Error(`${key} is no text`);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The fields of an object that knows no others. */
function fields(given: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof given !== "object" || given === null) throw new Error("no object");
  const strange = Object.keys(given).find((key) => !known.includes(key));
  if (strange !== undefined) throw new Error(`unknown field "${strange}"`);
  return given as Record<string, unknown>;
}
