import { loadScript } from "../../redis/script.ts";
import { type LogAccess, run } from "./log-access.ts";
import { type LogState, type Mark, stateFrom } from "./log-state.ts";

const script = loadScript(new URL("./look.lua", import.meta.url));

/** What the log is at one moment. */
export interface Look {
  readonly state: LogState;
  /** For each position asked for, the batch that holds it, or the newest one trimmed if that ends there. */
  readonly marks: readonly (Mark | undefined)[];
}

/** Looks at the log: where it begins and ends, and what stands at some positions. */
export async function look(access: LogAccess, positions: readonly number[]): Promise<Look> {
  const { head, batches } = access.keys;
  const answer = await run(access, script, { keys: [head, batches], values: positions });
  const [fields, marks] = answer as [(string | null)[], [string, string, string][] | [][]];
  return { state: stateFrom(fields), marks: marks.map(markFrom) };
}

function markFrom([last, at, digest = ""]: readonly string[]): Mark | undefined {
  return last === undefined ? undefined : { last: Number(last), at: Number(at), digest };
}
