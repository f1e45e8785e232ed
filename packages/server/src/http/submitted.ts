import type { Command, KernelEvent, Refused } from "@matchforge/core";
import type { HttpDeps } from "./http-deps.ts";
import type { Refusal } from "./problems.ts";

const retryMs = 1_000;

/** What a command led to, or the refusal that its sender gets. */
export type Submitted =
  | { readonly ok: true; readonly position: number; readonly events: readonly KernelEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** Puts a command into the log for whoever asked over HTTP. */
export async function submitted(deps: Pick<HttpDeps, "submit">, command: Command): Promise<Submitted> {
  const outcome = await deps.submit(command);
  if (!outcome.ok) return { ok: false, refusal: { code: outcome.code, retryAfterMs: retryMs } };
  const refused = outcome.events.find(
    (event): event is Refused => event.type === "refused" && event.command === command.type,
  );
  return refused === undefined ? outcome : { ok: false, refusal: { code: refused.code } };
}
