import { testbedLimits } from "./limits.ts";

/** The end of a program's output, as much of it as an error quotes. */
export function lastLines(output: string): string {
  return output.trimEnd().split("\n").slice(-testbedLimits.quotedLogLines).join("\n");
}
