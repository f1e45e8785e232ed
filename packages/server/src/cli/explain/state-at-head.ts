import { applyEntry, createState, type State } from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { entriesOf, restoreNewest } from "matchforge";

const batchesPerRead = 500;

/** The state at the end of a log: the newest snapshot, and every entry after it. */
export async function stateAtHead(log: Log): Promise<State> {
  const state = (await restoreNewest(log, undefined)) ?? createState();
  for (;;) {
    const batches = await log.read({ from: state.position + 1, limit: batchesPerRead });
    if (batches.length === 0) return state;
    for (const batch of batches)
      for (const entry of entriesOf(batch)) if (entry.position > state.position) applyEntry(state, entry);
  }
}
