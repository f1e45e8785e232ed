import { type Command, decide, type KernelEvent, type Refused, type State } from "@matchforge/core";
import type { ErrorCode } from "@matchforge/protocol";
import type { HttpDeps } from "./http-deps.ts";
import { httpLimits } from "./limits.ts";
import type { Refusal } from "./problems.ts";

const retryMs = 1_000;

/** What became of a request; `isRepeat`: it was carried out before, and how things stand is its answer. */
export type CarriedOut =
  | { readonly ok: true; readonly isRepeat: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Puts a player's command into the log and says what became of it. What this node's own replica already refuses is
 * refused without asking the log, unless another node may know better: whoever asks in turn of several has perhaps been
 * told of something that this one has not read yet. Where the log does not answer in time the outcome is not known, and
 * the same request may be sent again.
 */
export async function carryOut(
  deps: Pick<HttpDeps, "state" | "shardTime" | "submit" | "nodeKey" | "clock" | "isDraining" | "limits">,
  command: Command,
): Promise<CarriedOut> {
  if (deps.isDraining()) return { ok: false, refusal: { code: "DRAINING", retryAfterMs: retryMs } };
  const { position, at } = deps.state();
  const here = decide(deps.state(), { position: position + 1, at, node: deps.nodeKey, command });
  const known = outcomeOf(here, deps);
  if (known !== null && !mayBeBehind(deps.state(), known)) return known;
  const outcome = await timely(deps, deps.submit(command));
  if (outcome === null || !outcome.ok) {
    const code = outcome?.code ?? "STORE_UNAVAILABLE";
    return { ok: false, refusal: { code, retryAfterMs: retryMs } };
  }
  return outcomeOf(outcome.events, deps) ?? { ok: true, isRepeat: false };
}

/** What a node refuses that has not yet read what the others have. */
const refusedBehind: ReadonlySet<ErrorCode> = new Set([
  "MATCH_NOT_FOUND",
  "PLAYER_NOT_IN_MATCH",
  "INVALID_STATE",
  "TICKET_NOT_WAITING",
  "NOT_IN_QUEUE",
  "ALREADY_IN_QUEUE",
  "PLAYER_NOT_FOUND",
  "INVALID_PARTY_OPERATION",
]);

function mayBeBehind({ nodes }: State, carried: CarriedOut): boolean {
  return nodes.size > 1 && !carried.ok && refusedBehind.has(carried.refusal.code);
}

/** What refused events say; null where nothing was refused. */
function outcomeOf(
  events: readonly KernelEvent[],
  { shardTime }: Pick<HttpDeps, "shardTime">,
): CarriedOut | null {
  const refused = events.find((event): event is Refused => event.type === "refused");
  if (refused === undefined) return null;
  const { code, until } = refused;
  if (code === "REPEATED") return { ok: true, isRepeat: true };
  const retryAfterMs = until === undefined ? undefined : Math.max(0, Math.ceil(until - shardTime()));
  return { ok: false, refusal: { code, ...(retryAfterMs !== undefined && { retryAfterMs }) } };
}

function timely<Value>(
  { clock, limits }: Pick<HttpDeps, "clock" | "limits">,
  value: Promise<Value>,
): Promise<Value | null> {
  const late = Promise.withResolvers<null>();
  const cancel = clock.after(limits?.submitWaitMs ?? httpLimits.submitWaitMs, () => late.resolve(null));
  return Promise.race([value.finally(cancel), late.promise]);
}
