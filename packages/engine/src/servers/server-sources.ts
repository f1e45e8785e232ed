import type { MatchId, ServerOffer } from "@matchforge/core";
import type { ServerAllocator } from "./port.ts";

/** A server of a list: it is there, and says nothing of itself. */
export interface ListedServer {
  readonly name: string;
  readonly offer: ServerOffer;
}

/** Where the servers of matches come from. */
export interface ServerSources {
  /** In the order in which they are asked; `registry` and `static` are the kernel's own. */
  readonly allocators: readonly ("registry" | "static" | ServerAllocator)[];
  /** The servers of `static`. */
  readonly listed: readonly ListedServer[];
  /** What the server of a match's attempt acts with. */
  readonly credentialFor: (server: {
    readonly match: MatchId;
    readonly attempt: number;
  }) => Promise<string> | string;
}
