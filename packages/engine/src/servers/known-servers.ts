import { allocationKeyOf, type State } from "@matchforge/core";
import type { Submit } from "../ports.ts";
import type {
  AllocatedServer,
  AllocationOutcome,
  AllocationRequest,
  ReleaseOutcome,
  ServerAllocator,
} from "./port.ts";

/**
 * The game servers that the shard knows: those that registered, or those of a list. The kernel chooses among them at the
 * request's place in the log, within what each has room for, and frees the place with the end of the match.
 *
 * @example
 * const registry = new KnownServers({ name: "registry", submit, state: () => node.state });
 */
export class KnownServers implements ServerAllocator {
  readonly name: "registry" | "static";
  readonly isRecorded = true;
  readonly #submit: Submit;
  readonly #state: () => State;
  #closed = false;

  constructor(options: {
    readonly name: "registry" | "static";
    readonly submit: Submit;
    readonly state: () => State;
  }) {
    this.name = options.name;
    this.#submit = options.submit;
    this.#state = options.state;
  }

  async allocate({ key, match, isUnsure }: AllocationRequest): Promise<AllocationOutcome> {
    if (this.#closed) return { kind: "none", reason: "it was closed" };
    const outcome = await this.#submit({ type: "server.choose", key, allocator: this.name, isUnsure });
    // Whether or not the command has reached the log, nothing is held that the kernel does not know of.
    if (!outcome.ok) return { kind: "none", reason: outcome.code };
    const server = this.#serverOf({ key, match });
    return server === undefined
      ? { kind: "none", reason: "no server has room" }
      : { kind: "allocated", server };
  }

  /** The match's end has freed the place: there is nothing to do, and nothing that could be left. */
  release({ key, match }: Pick<AllocationRequest, "key" | "match">): Promise<ReleaseOutcome> {
    if (this.#closed) return Promise.resolve({ kind: "unknown", cause: new Error("it was closed") });
    const isHeld = this.#serverOf({ key, match }) !== undefined;
    return Promise.resolve(
      isHeld ? { kind: "unknown", cause: new Error("the match goes on") } : { kind: "done" },
    );
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  /** The server that the kernel chose under a key, while its match has it. */
  #serverOf({ key, match }: Pick<AllocationRequest, "key" | "match">): AllocatedServer | undefined {
    const { matches, servers } = this.#state();
    const allocation = matches.get(match)?.allocation;
    if (allocation === undefined || key !== allocationKeyOf(match, allocation.attempt)) return undefined;
    const server = allocation.server === null ? undefined : servers.get(allocation.server);
    if (server?.allocator !== this.name) return undefined;
    const { address, region } = server.offer;
    return { name: server.id, address, region };
  }
}
