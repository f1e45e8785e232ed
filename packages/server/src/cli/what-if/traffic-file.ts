import { basename } from "node:path";
import type { Rules } from "@matchforge/core";
import { knownInstead, type Problem, placeIn } from "../../config/problem.ts";
import { readToml } from "../../config/read-toml.ts";
import { TableReader } from "../../config/table-reader.ts";
import { numberWithin, sharesIn } from "./bounded-numbers.ts";
import { readArrivals, readChurn, readReturning } from "./traffic-flow.ts";
import { readNewcomers, readParties, readRegions, readSkills } from "./traffic-players.ts";

/** A traffic model as `matchforge simulate` hands it on. */
export type Traffic = ReturnType<typeof readTraffic>;

/** Traffic that can be used, or everything that is wrong with it. */
export type LoadedTraffic =
  | { readonly ok: true; readonly traffic: Traffic }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What is left out of a traffic file; without a file everything is. */
export function usualTraffic(rules: Rules): Traffic {
  return readTraffic(new TableReader({}, "", []), rules);
}

/**
 * Reads a traffic file: TOML with times in seconds, skills in points above a mode's initial rating, and shares as
 * weights.
 *
 * @example
 * const loaded = loadTraffic("traffic.toml", rules);
 */
export function loadTraffic(path: string, rules: Rules): LoadedTraffic {
  const read = readToml(path);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  const problems: Problem[] = [];
  const root = new TableReader(read.table, "", problems);
  const traffic = readTraffic(root, rules);
  root.end();
  if (problems.length === 0) return { ok: true, traffic };
  const placed = ({ where, ...problem }: Problem): Problem => ({
    ...problem,
    where: placeIn(basename(path), { path: where, text: read.text }),
  });
  return { ok: false, problems: problems.map(placed) };
}

function readTraffic(root: TableReader, rules: Rules) {
  const tiers = rules.modes.flatMap(({ stakes }) => stakes.map(({ tier }) => tier));
  const roles = rules.modes.flatMap((mode) => mode.roles.map(({ role }) => role));
  return {
    arrivals: readArrivals(root.table("arrivals")),
    queues: readQueues(root, rules),
    tiers: sharesIn(root.table("tiers"), { known: [...new Set(tiers)] }),
    skills: readSkills(root),
    newcomers: readNewcomers(root.table("newcomers")),
    ratingError: numberWithin(root, "rating_error", { otherwise: 60, low: 0, high: 5_000 }),
    parties: readParties(root.table("parties")),
    regions: readRegions(root),
    roles: sharesIn(root.table("roles"), { high: 1, known: [...new Set(roles)] }),
    churn: readChurn(root.table("churn")),
    returning: readReturning(root.table("returning")),
  };
}

function readQueues(root: TableReader, rules: Rules) {
  const known = rules.modes.map(({ id }) => id);
  return root.tables("queues").map((queue) => {
    const given = queue.value("modes");
    const modes = Array.isArray(given) ? given.filter((mode) => typeof mode === "string") : [];
    const unknown = modes.find((mode) => !known.includes(mode));
    if (modes.length === 0 || new Set(given as unknown[]).size !== modes.length)
      queue.note("modes", "a list of different modes of the rules", given);
    else if (unknown !== undefined) queue.note("modes", knownInstead(unknown, known), unknown);
    const share = numberWithin(queue, "share", { otherwise: 1, low: 0, high: 1e6 });
    queue.end();
    return { modes, share };
  });
}
