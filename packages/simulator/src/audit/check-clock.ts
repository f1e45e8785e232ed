import type { Check, Violate } from "./check.ts";

/** The longest step of shard time at one entry. */
const maxStepMs = 2_000;

/**
 * Shard time moves by what the log's clock moved, never back and never by more than a step, and nothing that is due
 * stays due. So an outage of the store, however long, costs nobody more than a step.
 */
export function checkClock(violate: Violate): Check {
  // What an entry itself puts back with a deadline long past fires with the next one.
  let overdue: string | null = null;
  return {
    begin({ entry, state, timeBefore, atBefore }) {
      const elapsedMs = entry.position === 1 ? 0 : Math.max(0, entry.at - atBefore);
      const expected = timeBefore + Math.min(elapsedMs, maxStepMs);
      if (state.time !== expected) violate(`clock: shard time is ${state.time}, not ${expected}`);
    },
    end({ state }) {
      const first = state.deadlines.first();
      const next = first !== undefined && first.deadline <= state.time ? first.id : null;
      if (next !== null && next === overdue)
        violate(`3: ${next} is due since ${first?.deadline}, and it is ${state.time}`);
      overdue = next;
    },
  };
}
