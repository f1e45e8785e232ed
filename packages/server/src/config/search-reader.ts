import type { HoldRules, ModeRules, RegionRules, Widening } from "@matchforge/core";
import type { TableReader } from "./table-reader.ts";
import { checkName } from "./wire-name.ts";

/** What a mode's `search` table says. */
type Search = Pick<ModeRules, "search" | "warnAfterMs" | "maxWaitMs" | "antiSnipeMs">;

export function readSearch(search: TableReader): Search {
  const rematch = search.optionalTable("avoid_rematch");
  const hold = readHold(search);
  const regions = readRegions(search);
  const snipe = search.optionalTable("anti_snipe");
  const rules: Search = {
    search: {
      widening: readWidening(search),
      avoidRematch:
        rematch === undefined
          ? null
          : { last: rematch.number("last", 3), forMs: rematch.seconds("for", 120) },
      ...(hold !== undefined && { hold }),
      ...(regions !== undefined && { regions }),
    },
    warnAfterMs: search.seconds("warn_after", 120),
    maxWaitMs: search.seconds("max_wait", 300),
    antiSnipeMs: snipe?.secondsRange("delay", [0, 0]) ?? [0, 0],
  };
  rematch?.end();
  snipe?.end();
  return rules;
}

/** A list of steps, or a table: a gap that grows with every second. */
function readWidening(search: TableReader): Widening {
  const given = search.value("widening");
  if (!Array.isArray(given) && given !== undefined) {
    const linear = search.inside("widening", given);
    const [gap, perSecond, max] = [
      linear.number("gap", 100),
      linear.number("per_second", 5),
      linear.number("max", 500),
    ];
    linear.end();
    return { kind: "linear", gap, perSecond, max };
  }
  const steps = search.tables("widening").map((step) => {
    const read = { afterMs: step.seconds("after", 0), gap: step.numberOrAny("gap") };
    step.end();
    return read;
  });
  return { kind: "steps", steps };
}

/** Keeps matches back for better ones: seconds, or "arrivals", which goes by how many come. */
function readHold(search: TableReader): HoldRules | undefined {
  const given = search.value("hold");
  const pointsPerSecond = search.number("gap_per_second", 10);
  if (given === undefined || given === 0) return undefined;
  if (given === "arrivals") return { kind: "arrivals", pointsPerSecond };
  if (typeof given === "number" && given > 0) {
    return { kind: "fixed", forMs: given * 1_000, pointsPerSecond };
  }
  search.note("hold", 'seconds, 0 or more, or "arrivals"', given);
  return undefined;
}

/** Where a mode is played, and how far away that may be for how long a wait. */
function readRegions(search: TableReader): RegionRules | undefined {
  const regions = search.optionalTable("regions");
  if (regions === undefined) return undefined;
  const names = regions.texts("names", []);
  for (const name of names) checkName(regions, { key: "names", name });
  const latencyMax = regions.tables("latency").map((step) => {
    const read = { afterMs: step.seconds("after", 0), latencyMs: step.numberOrAny("max_ms") };
    step.end();
    return read;
  });
  regions.end();
  return { names, latencyMax };
}
