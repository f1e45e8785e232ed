import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import { codeOf } from "./name-failure.ts";

/** A Lua script, and the hash by which Redis knows it. */
export interface Script {
  readonly text: string;
  readonly hash: string;
}

/** Reads a script once, at the start of the program. */
export function loadScript(url: URL): Script {
  const text = readFileSync(url, "utf8");
  return { text, hash: createHash("sha1").update(text).digest("hex") };
}

/** Runs a script. A server that does not know it yet is told its text: nothing was done until then. */
export async function runScript(
  client: Redis,
  script: Script,
  options: { readonly keys: readonly string[]; readonly values: readonly (string | number)[] },
): Promise<unknown> {
  const { keys, values } = options;
  try {
    return await client.evalsha(script.hash, keys.length, ...keys, ...values);
  } catch (error) {
    if (!(error instanceof Error && codeOf(error) === "NOSCRIPT")) throw error;
    return client.eval(script.text, keys.length, ...keys, ...values);
  }
}
