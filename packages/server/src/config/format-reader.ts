import type {
  ModeRules,
  PartyRatingRules,
  RoleCount,
  RoundRules,
  SiegeRules,
  TeamSize,
} from "@matchforge/core";
import type { TableReader } from "./table-reader.ts";
import { checkName } from "./wire-name.ts";

type Format = Pick<ModeRules, "teams" | "sizeDifferenceMax" | "roles" | "partySizeMax"> & {
  /** Where sides queue whole: by how many players they may differ. */
  readonly sideDifferenceMax?: number;
};

/** What a mode's `format` table says. */
export function readFormat(format: TableReader): Format {
  const difference = format.number("size_difference", 0);
  const queuesWhole = format.oneOf("sides", ["made_up", "whole"], "made_up") === "whole";
  return {
    teams: readTeams(format),
    sizeDifferenceMax: queuesWhole ? 0 : difference,
    roles: readRoles(format),
    partySizeMax: format.number("party_size_max", 16),
    ...(queuesWhole && { sideDifferenceMax: difference }),
  };
}

/** The rating of a party: `"average"`, `"max"`, or `{ weighted = 0.1 }` with its share of the gap. */
export function readPartyRating(mode: TableReader): PartyRatingRules {
  const given = mode.value("party_rating");
  if (given === undefined || given === "average") return { strategy: "average" };
  if (given === "max") return { strategy: "max" };
  if (typeof given === "object" && given !== null) {
    const weighted = mode.inside("party_rating", given);
    const gapPenalty = weighted.number("weighted", 0);
    weighted.end();
    return { strategy: "weighted", gapPenalty };
  }
  mode.note("party_rating", '"average", "max" or { weighted = a share of the gap }', given);
  return { strategy: "average" };
}

/** Each team a number of players, or `{ min, max }`. */
function readTeams(format: TableReader): readonly (number | TeamSize)[] {
  const given = format.value("teams");
  if (given === undefined) return [1, 1];
  if (!Array.isArray(given)) {
    format.note("teams", "a list of sizes, each a number or { min, max }", given);
    return [1, 1];
  }
  return given.map((size: unknown, index) => {
    if (typeof size === "number") return size;
    const bounds = format.inside(`teams[${index}]`, size);
    const [min, max] = [bounds.number("min", 1), bounds.number("max", 1)];
    bounds.end();
    return { min, max };
  });
}

function readRoles(format: TableReader): RoleCount[] {
  return format.tables("roles").map((role) => {
    const read = { role: role.requiredText("role"), count: role.number("count", 1) };
    checkName(role, { key: "role", name: read.role });
    role.end();
    return read;
  });
}

/** What a mode's `round` table says; null without one. */
export function readRound(mode: TableReader): RoundRules | null {
  const round = mode.optionalTable("round");
  if (round === undefined) return null;
  const rules = {
    playersMin: round.number("min_players", 8),
    playersMax: round.number("max_players", 64),
    registrationMs: round.seconds("registration", 60),
    extensionMs: round.seconds("extension", 60),
  };
  round.end();
  return rules;
}

/** What a mode's `siege` table says; null without one. */
export function readSiege(mode: TableReader): SiegeRules | null {
  const siege = mode.optionalTable("siege");
  if (siege === undefined) return null;
  const rules = {
    gatherMs: siege.seconds("gather", 300),
    membersMin: siege.number("min_members", 3),
    membersMax: siege.number("max_members", 8),
    sideDifferenceMax: siege.number("size_difference", 2),
  };
  siege.end();
  return rules;
}
