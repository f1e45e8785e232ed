import type { KernelEvent, RefusalCode } from "@matchforge/core";
import { refusalIn } from "./local-engine.ts";

/** A request that was carried out, or the code of the reason why not; then nothing has changed. */
export type Result<Value = unknown> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly code: RefusalCode; readonly untilMs?: number };

/** What a command's events say to whoever asked for it. */
export function resultOf(events: readonly KernelEvent[]): Result {
  const refused = refusalIn(events);
  if (refused === undefined) return { ok: true };
  return {
    ok: false,
    code: refused.code,
    ...(refused.until === undefined ? undefined : { untilMs: refused.until }),
  };
}
