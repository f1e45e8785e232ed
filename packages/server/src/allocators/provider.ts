import type { AllocatedServer, AllocationRequest } from "matchforge";

/** What a provider answers. None means: it does not hold, and this request will not make it hold, anything under the key. */
export type ProviderAnswer =
  | { readonly kind: "allocated"; readonly server: AllocatedServer }
  | { readonly kind: "none"; readonly reason: string };

/**
 * One request after the other to whoever hands out game servers. Every method makes a single try within its
 * own time-out and rejects with an `AllocatorError`; tries, turns and doubts are the matter of `OutsideAllocator`.
 */
export interface Provider {
  readonly name: string;
  /** Whether asking twice with one key has effect once; otherwise every try looks up first. */
  readonly honoursKeys: boolean;
  ask(request: AllocationRequest, signal: AbortSignal): Promise<ProviderAnswer>;
  /** The server held under a key, or null. */
  find(key: string, signal: AbortSignal): Promise<AllocatedServer | null>;
  /** Gives back all that is held under a key; nothing is fine. */
  free(key: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
