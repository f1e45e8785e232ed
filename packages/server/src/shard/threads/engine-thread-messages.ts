import type { Command, NodeKey } from "@matchforge/core";
import type { StoredBatch } from "@matchforge/stores";
import type { StoreSource } from "../stores/store-source.ts";

/** What an engine thread is started with. */
export interface EngineThreadData {
  readonly node: NodeKey;
  readonly shardSecret: string;
  /** The newest snapshot that may be used. */
  readonly snapshotAtMost: number;
  /** Where log and archive are. */
  readonly source: StoreSource;
  /** Whether there are other nodes to compare with. */
  readonly shared: boolean;
}

/** From the main thread to the engine thread. */
export type ToEngineThread =
  | { readonly type: "batch"; readonly batch: StoredBatch }
  /** Store everything outstanding and end. */
  | { readonly type: "stop" };

/** From the engine thread to the main thread. */
export type FromEngineThread =
  | { readonly type: "ready"; readonly position: number }
  | { readonly type: "submit"; readonly commands: readonly Command[] }
  | { readonly type: "problem"; readonly code: string; readonly detail: string }
  | { readonly type: "fatal"; readonly error: unknown }
  | { readonly type: "stopped" };
