import type { Submit } from "../ports.ts";
import type { AllocationOutcome, AllocationRequest, ReleaseOutcome, ServerAllocator } from "./port.ts";

/**
 * The game servers that the shard knows: those that registered, or those of a list. The kernel chooses among them at the
 * request's place in the log, within what each has room for, and frees the place with the end of the match.
 *
 * @example
 * const registry = new KnownServers({ name: "registry", submit });
 */
export class KnownServers implements ServerAllocator {
  readonly name: "registry" | "static";
  readonly isRecorded = true;
  readonly #submit: Submit;

  constructor({ name, submit }: { readonly name: "registry" | "static"; readonly submit: Submit }) {
    this.name = name;
    this.#submit = submit;
  }

  async allocate({ key, isUnsure }: AllocationRequest): Promise<AllocationOutcome> {
    const outcome = await this.#submit({ type: "server.choose", key, allocator: this.name, isUnsure });
    // Whether or not the command has reached the log, nothing is held that the kernel does not know of.
    if (!outcome.ok) return { kind: "none", reason: outcome.code };
    for (const event of outcome.events) {
      if (event.type === "match.allocated" && event.key === key) {
        const { server: name, address, region } = event;
        return { kind: "allocated", server: { name, address, region } };
      }
    }
    return { kind: "none", reason: "no server has room" };
  }

  release(): Promise<ReleaseOutcome> {
    return Promise.resolve({ kind: "done" });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
