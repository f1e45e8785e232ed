import { readFileSync } from "node:fs";
import type { AllocatedServer, AllocationRequest } from "matchforge";
import { AllocatorError } from "../allocator-error.ts";
import { type AllocatorLimits, allocatorLimits } from "../limits.ts";
import { printable } from "../printable.ts";
import type { Provider, ProviderAnswer } from "../provider.ts";
import { ProviderClient, type ProviderRequest, type ProviderResponse } from "../provider-client.ts";
import { fieldsOf, jsonOf } from "../read-json.ts";
import { TokenFile } from "../token-file.ts";
import { allocationBody } from "./allocation-body.ts";
import { gameServersIn, nameOf, reachedAt } from "./game-servers.ts";
import { keyLabel, keyLabelValue } from "./marks.ts";

/** Which fleet of which cluster servers come from. */
export interface AgonesPlace {
  readonly url: string;
  readonly namespace: string;
  readonly fleet: string;
  /** The label that says where a GameServer is. */
  readonly regionLabel: string;
  /** Null: the first port. */
  readonly portName: string | null;
  readonly tokenFile: string | null;
  /** The authority of the cluster's own certificate; null: those everybody trusts. */
  readonly caFile: string | null;
}

/** A fleet of Agones, asked through the Kubernetes API. */
export class AgonesProvider implements Provider {
  readonly name = "agones";
  /** A second allocation under one key takes a second GameServer, unless the first has been seen by then. */
  readonly honoursKeys = false;
  readonly #place: AgonesPlace;
  readonly #client: ProviderClient;
  readonly #allocations: string;
  readonly #gameServers: string;

  /** @throws AllocatorError `CERTIFICATE_UNREADABLE` when the authority's file cannot be read. */
  constructor(place: AgonesPlace, limits: AllocatorLimits = allocatorLimits) {
    const url = new URL(place.url);
    const base = `${url.pathname.replace(/\/$/, "")}/apis`;
    this.#place = place;
    this.#allocations = `${base}/allocation.agones.dev/v1/namespaces/${place.namespace}/gameserverallocations`;
    this.#gameServers = `${base}/agones.dev/v1/namespaces/${place.namespace}/gameservers`;
    this.#client = new ProviderClient({
      name: this.name,
      url,
      token: place.tokenFile === null ? null : new TokenFile(place.tokenFile),
      ca: place.caFile === null ? null : certificateIn(place.caFile),
      answerBytesMax: limits.objectBytesMax,
      limits,
    });
  }

  async ask(request: AllocationRequest, signal: AbortSignal): Promise<ProviderAnswer> {
    const body = allocationBody(request, this.#place);
    const response = await this.#client.send({ method: "POST", path: this.#allocations, body, signal });
    if (isRefusal(response)) return { kind: "none", reason: `REFUSED: ${saidBy(response)}` };
    const { status } = fieldsOf(jsonOf(checked(response, [200, 201]), "Agones"));
    const { state, gameServerName: name, address, ports, metadata } = fieldsOf(status);
    if (state === "Allocated") {
      const { labels } = fieldsOf(metadata);
      return { kind: "allocated", server: reachedAt({ name, address, ports, labels }, this.#place) };
    }
    if (state === "Contention")
      throw new AllocatorError("PROVIDER_BUSY", "Agones was asked by too many at once.");
    if (state !== "UnAllocated")
      throw new AllocatorError("ANSWER_UNREADABLE", "Agones names no known state.");
    return this.#noneOr(request, signal);
  }

  async find(key: string, signal: AbortSignal): Promise<AllocatedServer | null> {
    const allocated = (await this.#held(key, signal)).filter(
      ({ status }) => fieldsOf(status).state === "Allocated",
    );
    const servers = allocated.map(({ metadata, status }) => {
      const { name, labels } = fieldsOf(metadata);
      const { address, ports } = fieldsOf(status);
      return reachedAt({ name, address, ports, labels }, this.#place);
    });
    // Two nodes that asked at the same moment may each have got one: all agree on the first by name.
    return servers.toSorted((one, other) => (one.name < other.name ? -1 : 1))[0] ?? null;
  }

  async free(key: string, signal: AbortSignal): Promise<void> {
    for (const { metadata } of await this.#held(key, signal)) {
      const path = `${this.#gameServers}/${nameOf(fieldsOf(metadata).name)}`;
      checked(await this.#client.send({ method: "DELETE", path, signal }), [200, 202, 404]);
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Agones also says that it allocated nothing when it could not tell: the labels decide. */
  async #noneOr({ key, regions }: AllocationRequest, signal: AbortSignal): Promise<ProviderAnswer> {
    try {
      const server = await this.find(key, signal);
      if (server !== null) return { kind: "allocated", server };
    } catch (cause) {
      throw new AllocatorError("PROVIDER_FAILED", "Agones cannot be asked whether it allocated a server.", {
        cause,
      });
    }
    const { fleet, regionLabel } = this.#place;
    const where = regions.length === 0 ? "" : ` with ${regionLabel} ${regions.join(" or ")}`;
    return { kind: "none", reason: `NO_CAPACITY: no GameServer of the fleet ${fleet}${where} is ready` };
  }

  /** The GameServers that have the key, but for those on their way out. */
  async #held(key: string, signal: AbortSignal) {
    const mark = keyLabelValue(key);
    const query = new URLSearchParams({ labelSelector: `${keyLabel}=${mark}` });
    const request: ProviderRequest = { method: "GET", path: `${this.#gameServers}?${query}`, signal };
    const listed = gameServersIn(jsonOf(checked(await this.#client.send(request), [200]), "Agones"));
    // What is found here may be deleted: whatever an answer holds, a GameServer without the mark is not ours.
    return listed.filter(({ metadata }) => fieldsOf(fieldsOf(metadata).labels)[keyLabel] === mark);
  }
}

/** Whether Kubernetes has refused an allocation before anything came of it. */
function isRefusal({ status }: ProviderResponse): boolean {
  return [400, 401, 403, 404, 405, 406, 413, 415, 422].includes(status);
}

function checked(response: ProviderResponse, expected: readonly number[]): ProviderResponse {
  if (expected.includes(response.status)) return response;
  const code = response.status === 429 ? "PROVIDER_BUSY" : "PROVIDER_FAILED";
  throw new AllocatorError(code, saidBy(response));
}

/** The status and, where there is one, the message of Kubernetes' own `Status` object. */
function saidBy({ status, text }: ProviderResponse): string {
  let words = "";
  try {
    const { message } = fieldsOf(JSON.parse(text));
    if (typeof message === "string") words = `: ${printable(message, allocatorLimits.reasonLengthMax)}`;
  } catch {
    // What stands before the API may answer in any form; the status says enough.
  }
  return `the Kubernetes API answers ${status}${words}`;
}

function certificateIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const message = `${file} cannot be read. Let servers.agones_ca_file name the certificate of the cluster's authority.`;
    throw new AllocatorError("CERTIFICATE_UNREADABLE", message, { cause });
  }
}
