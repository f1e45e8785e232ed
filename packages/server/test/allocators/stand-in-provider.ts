import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { type Answer, answer, ProviderFaults } from "./provider-faults.ts";

/** What a stand-in has to give. */
export interface StandInProviderOptions {
  readonly capacity: number;
  /** Whether it remembers released keys, as the protocol asks for; a provider that does not leaks what comes late. */
  readonly keepsTombstones?: boolean;
  /** What it takes for a bearer token; without it anything goes. */
  readonly token?: () => string;
}

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>> | null;
}

interface HeldServer {
  readonly server_id: string;
  readonly address: string;
  readonly region: string;
}

/**
 * An HTTP provider of game servers that stands in for an operator's own, over a real socket, with faults.
 *
 * @example
 * const provider = await StandInProvider.start({ capacity: 100 });
 * provider.faults.byChance({ seed: 1, fails: 0.1, late: 0.05, lost: 0, garbled: 0 });
 */
export class StandInProvider implements AsyncDisposable {
  readonly faults = new ProviderFaults();
  /** Everything that was asked, in order. */
  readonly seen: SeenRequest[] = [];
  /** Answers the next requests as they are, whatever was asked. */
  readonly answers: Answer[] = [];
  readonly #options: StandInProviderOptions;
  readonly #held = new Map<string, HeldServer>();
  readonly #released = new Set<string>();
  readonly #server: Server;
  #given = 0;
  #connections = 0;

  private constructor(options: StandInProviderOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) =>
        answer(response, { status: 500, body: { title: String(error) } }),
      );
    });
    this.#server.on("connection", () => {
      this.#connections += 1;
    });
  }

  static async start(options: StandInProviderOptions): Promise<StandInProvider> {
    const provider = new StandInProvider(options);
    provider.#server.listen(0, "127.0.0.1");
    await once(provider.#server, "listening");
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/servers`;
  }

  get heldInAll(): number {
    return this.#held.size;
  }

  /** Connections that were ever opened. */
  get connections(): number {
    return this.#connections;
  }

  held(key: string): number {
    return this.#held.has(key) ? 1 : 0;
  }

  /** Nobody answers any more. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const body = method === "POST" ? ((await json(request)) as Record<string, unknown>) : null;
    this.seen.push({ method, path: url, headers, body });
    const prepared = this.answers.shift();
    if (prepared !== undefined) return answer(response, prepared);
    const { token } = this.#options;
    if (token !== undefined && headers.authorization !== `Bearer ${token()}`)
      return answer(response, problem(401, "The token is not known."));
    const key = decodeURIComponent(url.slice("/servers/".length));
    if (body !== null && url === "/servers")
      return this.faults.around(response, () => this.#allocate(body, headers["idempotency-key"]));
    if (method === "GET") return answer(response, this.#lookUp(key));
    if (method === "DELETE") return answer(response, this.#release(key));
    return answer(response, problem(405, "Not that way."));
  }

  #allocate(body: Readonly<Record<string, unknown>>, idempotencyKey: unknown): Answer {
    const { key, match_id, mode, regions, players, credential } = body;
    if (typeof key !== "string" || key !== idempotencyKey) return problem(400, "The keys differ.");
    const texts = [match_id, mode, credential].every((field) => typeof field === "string");
    if (!texts || !Array.isArray(regions) || !Array.isArray(players))
      return problem(422, "Fields are missing.");
    const held = this.#held.get(key);
    if (held !== undefined) return { status: 200, body: held };
    if (this.#released.has(key)) return problem(410, "The key was released.");
    if (this.#held.size >= this.#options.capacity) return problem(503, "All servers are taken.");
    this.#given += 1;
    const server = {
      server_id: `server-${this.#given}`,
      address: `127.0.0.1:${20_000 + this.#given}`,
      region: String(regions[0] ?? "anywhere"),
    };
    this.#held.set(key, server);
    return { status: 201, body: server };
  }

  #lookUp(key: string): Answer {
    const held = this.#held.get(key);
    return held === undefined ? problem(404, "Nothing is held under the key.") : { status: 200, body: held };
  }

  #release(key: string): Answer {
    if (this.#options.keepsTombstones ?? true) this.#released.add(key);
    return this.#held.delete(key) ? { status: 204 } : problem(404, "Nothing is held under the key.");
  }
}

function problem(status: number, detail: string): Answer {
  return { status, contentType: "application/problem+json", body: { title: "No", detail } };
}
