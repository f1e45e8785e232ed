import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { generate } from "selfsigned";
import type { AgonesPlace } from "../../src/allocators/agones/agones-provider.ts";
import { keyLabel, keyLabelValue } from "../../src/allocators/agones/marks.ts";
import { type Answer, answer, ProviderFaults } from "./provider-faults.ts";
import { allocate, type GameServer, selects } from "./stand-in-fleet.ts";

/** What a stand-in has to give. */
export interface StandInKubernetesOptions {
  /** One GameServer that is ready for each, there. */
  readonly regions: readonly string[];
}

const namespace = "games";
const apis = `/apis/agones.dev/v1/namespaces/${namespace}/gameservers`;
const allocations = `/apis/allocation.agones.dev/v1/namespaces/${namespace}/gameserverallocations`;

/**
 * The part of the Kubernetes API that an allocator of Agones uses, over HTTPS with a certificate of its own. It
 * knows the published fields and refuses all others. It is no cluster: nothing behind it starts or stops.
 */
export class StandInKubernetes {
  readonly faults = new ProviderFaults();
  readonly gameServers: GameServer[];
  /** Answers the next requests as they are, whatever was asked. */
  readonly answers: Answer[] = [];
  /** What it takes for a bearer token. */
  token = "first";
  /** Whether a deleted GameServer stays in lists until it has shut down. */
  lingers = false;
  /** Whether a list holds everything, whatever was asked for. */
  ignoresSelectors = false;
  readonly #folder: string;
  readonly #server: Server;

  private constructor(
    { regions }: StandInKubernetesOptions,
    { cert, key, folder }: { readonly cert: string; readonly key: string; readonly folder: string },
  ) {
    this.gameServers = regions.map((region, index) => ({
      metadata: {
        name: `duel-${index}`,
        namespace,
        labels: { "agones.dev/fleet": "duel", "matchforge/region": region },
        annotations: {},
      },
      status: {
        state: "Ready",
        address: "192.0.2.1",
        ports: [
          { name: "query", port: 6_000 + index },
          { name: "game", port: 7_000 + index },
        ],
      },
    }));
    this.#folder = folder;
    this.#server = createServer({ cert, key }, (request, response) => {
      this.#handle(request, response).catch((error: unknown) =>
        answer(response, status(400, error instanceof Error ? error.message : String(error))),
      );
    });
  }

  static async start(options: StandInKubernetesOptions): Promise<StandInKubernetes> {
    const { cert, private: key } = await generate([{ name: "commonName", value: "a cluster of the tests" }], {
      keyType: "ec",
      extensions: [
        { name: "basicConstraints", cA: true },
        { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
      ],
    });
    const folder = mkdtempSync(join(tmpdir(), "matchforge-agones-"));
    const cluster = new StandInKubernetes(options, { cert, key, folder });
    writeFileSync(cluster.#file("ca.crt"), cert);
    cluster.rotateToken(cluster.token);
    cluster.#server.listen(0, "127.0.0.1");
    await once(cluster.#server, "listening");
    return cluster;
  }

  /** How an allocator gets here. */
  get place(): AgonesPlace {
    return {
      url: `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`,
      namespace,
      fleet: "duel",
      regionLabel: "matchforge/region",
      portName: "game",
      tokenFile: this.#file("token"),
      caFile: this.#file("ca.crt"),
    };
  }

  get heldInAll(): number {
    return this.gameServers.filter(isHeld).length;
  }

  held(key: string): number {
    const ofKey = ({ metadata }: GameServer) => metadata.labels[keyLabel] === keyLabelValue(key);
    return this.gameServers.filter((one) => isHeld(one) && ofKey(one)).length;
  }

  /** From now on only this token is known; it stands in the file. */
  rotateToken(token: string): void {
    this.token = token;
    writeFileSync(this.#file("token"), `${token}\n`);
  }

  /** Nobody answers any more. */
  async stop(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", headers } = request;
    const url = new URL(request.url ?? "", "https://cluster");
    const body = method === "POST" ? await json(request) : null;
    const prepared = this.answers.shift();
    if (prepared !== undefined) return answer(response, prepared);
    if (headers.authorization !== `Bearer ${this.token}`)
      return answer(response, status(401, "Unauthorized"));
    if (!/json/.test(headers.accept ?? "")) return answer(response, status(406, "only JSON is spoken here"));
    if (method === "POST" && url.pathname === allocations) {
      if (headers["content-type"] !== "application/json") return answer(response, status(415, "not JSON"));
      return this.faults.around(response, () => ({ status: 201, body: allocate(body, this.gameServers) }));
    }
    if (method === "GET" && url.pathname === apis) return answer(response, this.#list(url.searchParams));
    const name = url.pathname.startsWith(`${apis}/`) ? url.pathname.slice(apis.length + 1) : "";
    if (method === "DELETE" && name !== "") return answer(response, this.#delete(name));
    return answer(response, status(404, "the server could not find the requested resource"));
  }

  #list(query: URLSearchParams): Answer {
    const selector = query.get("labelSelector") ?? "";
    const items = this.gameServers.filter((one) => this.ignoresSelectors || selects(selector, one));
    return {
      status: 200,
      body: { apiVersion: "agones.dev/v1", kind: "GameServerList", metadata: {}, items },
    };
  }

  /** As a fleet does: what is gone is replaced, here by itself, ready and without marks. */
  #delete(name: string): Answer {
    const index = this.gameServers.findIndex(({ metadata }) => metadata.name === name);
    const deleted = this.gameServers[index];
    if (deleted === undefined) return status(404, `gameservers.agones.dev "${name}" not found`);
    const { "agones.dev/fleet": fleet = "", "matchforge/region": region = "" } = deleted.metadata.labels;
    const labels = { "agones.dev/fleet": fleet, "matchforge/region": region };
    const replacement = {
      metadata: { ...deleted.metadata, name: `${name}x`, labels, annotations: {} },
      status: { ...deleted.status, state: "Ready" },
    };
    deleted.metadata.deletionTimestamp = "2026-01-01T00:00:00Z";
    if (this.lingers) this.gameServers.push(replacement);
    else this.gameServers[index] = replacement;
    return { status: 200, body: deleted };
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }
}

function isHeld({ metadata, status }: GameServer): boolean {
  return status.state === "Allocated" && metadata.deletionTimestamp === undefined;
}

/** Kubernetes' answer to what did not work. */
function status(code: number, message: string): Answer {
  return { status: code, body: { kind: "Status", apiVersion: "v1", status: "Failure", message, code } };
}
