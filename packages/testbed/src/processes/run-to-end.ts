import { readFileSync } from "node:fs";
import { lastLines } from "../last-lines.ts";
import { testbedLimits } from "../limits.ts";
import { waitUntil } from "../wait-until.ts";
import type { Keeper } from "./keeper.ts";
import type { ProgramToStart } from "./keeper-messages.ts";

/**
 * Runs a program that ends by itself.
 *
 * @throws Error with the end of what it printed, unless it succeeds.
 */
export async function runToEnd(keeper: Keeper, program: ProgramToStart): Promise<void> {
  const running = await keeper.start(program);
  await waitUntil(running.hasEnded, {
    what: `${program.program} to end`,
    withinMs: testbedLimits.programMs,
  });
  if (running.exitCode() === 0) return;
  throw new Error(`${program.program} failed:\n${lastLines(readFileSync(program.logFile, "utf8"))}`);
}
