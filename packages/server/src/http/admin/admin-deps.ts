import type { Rules } from "@matchforge/core";
import type { Archive } from "@matchforge/stores";
import type { HttpDeps } from "../http-deps.ts";

type Shared = Pick<
  HttpDeps,
  | "state"
  | "shardTime"
  | "tokens"
  | "submit"
  | "clock"
  | "nodeKey"
  | "limits"
  | "trustedProxies"
  | "wallClock"
  | "onError"
>;

/** What the operators' listener needs of the coordinator. */
export interface AdminDeps extends Shared {
  readonly archive: Pick<Archive, "audit" | "cursor">;
  /** Why rules that are in order must not be played here, in a sentence; null: they may. */
  readonly refusesRules: (rules: Rules) => string | null;
}
