import { setTimeout as sleep } from "node:timers/promises";
import { testbedLimits } from "./limits.ts";

/**
 * Looks again and again until something holds.
 *
 * @throws Error naming what was waited for, when the time is over.
 * @example
 * await waitUntil(() => isReady(), { what: "the server's first answer", withinMs: 5_000 });
 */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  { what, withinMs }: { readonly what: string; readonly withinMs: number },
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain for ${what}.`);
    await sleep(testbedLimits.lookEveryMs);
  }
}
