import type { TableReader } from "../../config/table-reader.ts";
import { numberWithin, shareList, sharesIn } from "./bounded-numbers.ts";

/** Ratings are a few thousand points; what is far beyond is a slip. */
const points = { low: -10_000, high: 10_000 };
const spreads = { low: 0, high: 5_000 };
const weights = { low: 0, high: 1_000_000 };
const chances = { low: 0, high: 1 };
const latencyMaxMs = 60_000;

/** The mixture of skills. */
export function readSkills(root: TableReader) {
  const skills = root.tables("skill").map((skill) => {
    const read = {
      share: numberWithin(skill, "share", { otherwise: 1, ...weights }),
      middle: numberWithin(skill, "middle", { otherwise: 0, ...points }),
      spread: numberWithin(skill, "spread", { otherwise: 250, ...spreads }),
      skew: skewOf(skill),
    };
    skill.end();
    return read;
  });
  if (skills.length === 0) return [{ share: 1, middle: 0, spread: 250, skew: 0 }];
  if (skills.every(({ share }) => share === 0)) root.note("skill", "a share above 0 in one of them", 0);
  return skills;
}

function skewOf(skill: TableReader): number {
  const shape = skill.oneOf("shape", ["normal", "lognormal"], "normal");
  const skew = numberWithin(skill, "skew", { otherwise: 0.5, low: 0.01, high: 2 });
  if (shape === "lognormal") return skew;
  if (skill.has("skew")) skill.note("skew", 'no such key where shape is not "lognormal"', skew);
  return 0;
}

/** Those whose rating is the initial one, whatever they can. */
export function readNewcomers(newcomers: TableReader) {
  const read = {
    share: numberWithin(newcomers, "share", { otherwise: 0.05, ...chances }),
    middle: numberWithin(newcomers, "middle", { otherwise: -150, ...points }),
    spread: numberWithin(newcomers, "spread", { otherwise: 250, ...spreads }),
  };
  newcomers.end();
  return read;
}

export function readParties(parties: TableReader) {
  const read = {
    sizes: shareList(parties, "sizes", [0.7, 0.18, 0.07, 0.03, 0.02]),
    spread: numberWithin(parties, "spread", { otherwise: 80, ...spreads }),
  };
  parties.end();
  return read;
}

export function readRegions(root: TableReader) {
  const regions = root.tables("regions").map((region) => {
    const read = {
      name: region.requiredText("name"),
      share: numberWithin(region, "share", { otherwise: 1, ...weights }),
      latencyMs: sharesIn(region.table("latency_ms"), { high: latencyMaxMs }),
      jitter: numberWithin(region, "jitter", { otherwise: 0.2, ...chances }),
    };
    if (!(read.name in read.latencyMs))
      region.note("latency_ms", `a latency to ${read.name} itself`, read.latencyMs);
    region.end();
    return read;
  });
  if (regions.length > 0 && regions.every(({ share }) => share === 0))
    root.note("regions", "a share above 0 in one of them", 0);
  return regions;
}
