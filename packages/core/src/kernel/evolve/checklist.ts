import type { Phase, PreparationItem } from "../model.ts";

/** A match that is being prepared. */
export type Preparing = Phase & { readonly state: "PREPARING" };

/** An item is done. */
export function withoutItem(phase: Preparing, done: PreparationItem): Preparing {
  const pending = phase.pending?.filter((item) => item !== done) ?? [];
  if (phase.due === undefined) return { ...phase, pending };
  const { [done]: _, ...due } = phase.due;
  return timed({ ...phase, pending }, due);
}

/** An item gets its time. */
export function withDue(phase: Preparing, item: PreparationItem, at: number): Preparing {
  return timed(phase, { ...phase.due, [item]: at });
}

/** The first of its items decides when the match is looked at. */
function timed(phase: Preparing, due: NonNullable<Preparing["due"]>): Preparing {
  const times = Object.values(due);
  return { ...phase, due, deadline: times.length === 0 ? phase.deadline : Math.min(...times) };
}
