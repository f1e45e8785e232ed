import { fitsAsTicket, type ModeRules, type Rules } from "@matchforge/core";
import { reasonToSkip } from "../run/reason-to-skip.ts";
import type { TrafficModel } from "./traffic-model.ts";

/** Modes that tickets ask for together, the party sizes that all of them take, and how often that is. */
export interface QueueShare {
  readonly modes: readonly ModeRules[];
  readonly share: number;
  /** The share of parties of each size, from 1 on; 0 where a mode does not take it. */
  readonly sizes: readonly number[];
}

/** What tickets ask for, of the modes that can be simulated; empty when there are none. */
export function queueShares({ queues, parties }: TrafficModel, rules: Rules): QueueShare[] {
  const offered = new Map(
    rules.modes.filter((mode) => reasonToSkip(mode) === null).map((mode) => [mode.id, mode]),
  );
  const wanted = queues.length > 0 ? queues : [...offered.keys()].map((id) => ({ modes: [id], share: 1 }));
  return wanted.flatMap(({ modes: ids, share }) => {
    const modes = ids.flatMap((id) => offered.get(id) ?? []);
    if (modes.length === 0 || share === 0) return [];
    return [{ modes, share, sizes: sizesFor(modes, parties.sizes) }];
  });
}

/** Where the modes take no size of the model, the smallest they take. */
function sizesFor(modes: readonly ModeRules[], sizes: readonly number[]): readonly number[] {
  const fitting = sizes.map((share, place) =>
    modes.every((mode) => fitsAsTicket(mode, place + 1)) ? share : 0,
  );
  if (fitting.some((share) => share > 0)) return fitting;
  const least = Math.min(...modes.map(({ partySizeMax }) => partySizeMax));
  const smallest = [...Array(least).keys()].find((place) =>
    modes.every((mode) => fitsAsTicket(mode, place + 1)),
  );
  return [...Array(smallest ?? 0).fill(0), 1];
}
