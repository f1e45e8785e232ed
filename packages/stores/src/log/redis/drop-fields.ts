import { loadScript } from "../../redis/script.ts";
import { type LogAccess, run } from "./log-access.ts";

const script = loadScript(new URL("./drop-fields.lua", import.meta.url));

/** Drops fields of a hash that are still as they were seen, each with the key it stands for, if `keys` names them. */
export async function dropFields(
  access: LogAccess,
  options: {
    readonly hash: string;
    readonly fields: readonly { readonly field: string; readonly value: string }[];
    readonly keys?: readonly string[];
  },
): Promise<void> {
  if (options.fields.length === 0) return;
  await run(access, script, {
    keys: [options.hash, ...(options.keys ?? [])],
    values: options.fields.flatMap(({ field, value }) => [field, value]),
  });
}
