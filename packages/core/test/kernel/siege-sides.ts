import { ownerOf, type PlayerId } from "../../src/index.ts";
import type { Shard } from "./shard.ts";

export const red = "crew_red";
export const blue = "crew_blue";
export const alphaOf = (shard: Shard) => ownerOf(shard.state, "proxy", "alpha");
export const available = (shard: Shard, players: readonly PlayerId[]) =>
  players.map((id) => shard.player(id).available);
