import { applyEntry, createState, type State } from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { entriesFrom, restoreNewest } from "matchforge";

/** The state at the end of a log: the newest snapshot, and every entry after it. */
export async function stateAtHead(log: Log): Promise<State> {
  const state = (await restoreNewest(log, undefined)) ?? createState();
  for await (const entry of entriesFrom(log, state.position + 1)) applyEntry(state, entry);
  return state;
}
