import type { Problem } from "./problem.ts";
import type { Setting } from "./setting.ts";
import type { SettingValues } from "./settings.ts";

/** A shard of a deployment: a log of its own, with players, ratings and money of its own. */
export interface ShardPlace {
  readonly id: string;
  /** Whose players it is for. A region belongs to one shard. */
  readonly regions: readonly string[];
  /** Where its nodes are reached; null: at the address that was asked. */
  readonly url: string | null;
}

const shardsMax = 64;
/** What a shard's id and a region may be called; an id is also part of the database's schema. */
export const shardIdForm = /^[a-z0-9_]{1,32}$/;
const regionForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;

/** All shards of the deployment. */
export function shardPlaces(
  described: Pick<Setting<readonly ShardPlace[]>, "environment" | "flag" | "description">,
): Setting<readonly ShardPlace[]> {
  return {
    ...described,
    otherwise: [],
    expected: `up to ${shardsMax} tables with id, regions and url, as in [[shards]] id = "eu" regions = ["eu-west"] url = "https://eu.example"`,
    read(given) {
      if (!Array.isArray(given) || given.length > shardsMax) return undefined;
      const places = given.map(placeIn);
      return places.every((place) => place !== undefined) ? places : undefined;
    },
    fromText(given) {
      try {
        return JSON.parse(given);
      } catch {
        return given;
      }
    },
  };
}

function placeIn(given: unknown): ShardPlace | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const { id, regions = [], url = null, ...rest } = given as Record<string, unknown>;
  const isPlace =
    isFormed(id, shardIdForm) &&
    Array.isArray(regions) &&
    regions.every((region) => isFormed(region, regionForm)) &&
    (url === null || (typeof url === "string" && /^https?:$/.test(URL.parse(url)?.protocol ?? ""))) &&
    Object.keys(rest).length === 0;
  return isPlace ? { id, regions, url } : undefined;
}

function isFormed(given: unknown, form: RegExp): given is string {
  return typeof given === "string" && form.test(given);
}

/** The shards of the settings; one alone where they list none. */
export function shardsOf({ shards, shard }: SettingValues): readonly ShardPlace[] {
  return shards.length === 0 ? [{ id: shard, regions: [], url: null }] : shards;
}

/** Shards that are fine by themselves and not together. */
export function shardContradictions(values: SettingValues): Problem[] {
  const places = shardsOf(values);
  const ids = places.map(({ id }) => id);
  const regions = places.flatMap((place) => place.regions);
  const problems: Problem[] = [];
  const unlike = (what: string, twice: readonly string[]) => {
    if (twice.length > 0)
      problems.push({ where: "shards", expected: `each ${what} once`, found: twice.join(", ") });
  };
  unlike("id", repeated(ids));
  unlike("region", repeated(regions));
  if (!ids.includes(values.shard))
    problems.push({
      where: "shards",
      expected: `one with the id of shard, "${values.shard}"`,
      found: ids.join(", "),
    });
  return problems;
}

function repeated(all: readonly string[]): string[] {
  return [...new Set(all.filter((one, index) => all.indexOf(one) !== index))];
}
