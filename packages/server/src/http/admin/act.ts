import { type AdminRequest, type KernelEvent, levelOfServers, type PlayerId } from "@matchforge/core";
import { httpLimits } from "../limits.ts";
import type { AdminDeps } from "./admin-deps.ts";
import type { Refused } from "./admin-route.ts";

const retryMs = 1_000;

/** What followed from an operator's command, and where its line of the audit stands. */
export interface Acted {
  readonly position: number;
  readonly events: readonly KernelEvent[];
}

/** Puts an operator's command into the log, whose judge has the last word. */
export async function act(
  deps: Pick<AdminDeps, "state" | "submit" | "clock" | "limits">,
  asked: { readonly actor: PlayerId; readonly reason: string; readonly request: AdminRequest },
): Promise<Acted | Refused> {
  // Older nodes are still there: the kernel would refuse it, and nobody would find it in the audit.
  if (deps.state().level < levelOfServers) return { refusal: { code: "LEVEL_NOT_SUPPORTED" } };
  const outcome = await timely(deps, deps.submit({ type: "admin.act", ...asked }));
  if (outcome === null) return unknown;
  if (!outcome.ok) return { refusal: { code: outcome.code, retryAfterMs: retryMs } };
  const { position, events } = outcome;
  const refused = events.find((event) => event.type === "refused");
  if (refused === undefined) return { position, events };
  const isJudged = events.some(({ type }) => type === "admin.acted");
  // The shard has given up this node, which is about to come back.
  if (!isJudged && refused.code === "NODE_NOT_FOUND")
    return { refusal: { code: "STORE_UNAVAILABLE", retryAfterMs: retryMs } };
  return { refusal: { code: refused.code } };
}

const unknown: Refused = {
  refusal: {
    code: "STORE_UNAVAILABLE",
    retryAfterMs: retryMs,
    detail: "The log does not answer. Look into the audit before you ask again: it may yet be carried out.",
  },
};

function timely<Value>(
  { clock, limits }: Pick<AdminDeps, "clock" | "limits">,
  value: Promise<Value>,
): Promise<Value | null> {
  const late = Promise.withResolvers<null>();
  const cancel = clock.after(limits?.operatorWaitMs ?? httpLimits.operatorWaitMs, () => late.resolve(null));
  return Promise.race([value.finally(cancel), late.promise]);
}
