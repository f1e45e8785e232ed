import type { ShardPlace } from "../config/shard-places.ts";
import type { HttpDeps } from "./http-deps.ts";
import type { Refusal } from "./problems.ts";

/** The shard a request asks for by its region, or why there is none. */
export type RegionShard =
  | { readonly ok: true; readonly place: ShardPlace }
  | { readonly ok: false; readonly refusal: Refusal };

/** The shard of `?region=`; without one that of this node. */
export function regionShard(
  query: unknown,
  { shard, shards }: Pick<HttpDeps, "shard" | "shards">,
): RegionShard {
  const { region, ...rest } = query as Readonly<Record<string, unknown>>;
  if (Object.keys(rest).length > 0)
    return { ok: false, refusal: { code: "UNKNOWN_FIELD", detail: "This address takes region." } };
  const place = shards.find(({ id, regions }) =>
    region === undefined ? id === shard : regions.some((known) => known === region),
  );
  if (place !== undefined) return { ok: true, place };
  const known = shards.flatMap(({ regions }) => regions).join(", ");
  return { ok: false, refusal: { code: "INVALID_FIELD", detail: `region is one of: ${known || "none"}.` } };
}
