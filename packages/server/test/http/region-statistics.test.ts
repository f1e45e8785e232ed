import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { MatchmakingStatistics } from "@matchforge/protocol";
import { matchmakingStatistics } from "@matchforge/protocol/schemas";
import { httpLimits } from "../../src/http/limits.ts";
import { matchmakingStatisticsOf } from "../../src/http/matchmaking-statistics.ts";
import { answerOf } from "./http-client.ts";
import { TicketRig } from "./ticket-rig.ts";

let rig: TicketRig;
before(async () => {
  rig = await TicketRig.start();
});
after(() => rig.stop());

type Regions = MatchmakingStatistics["modes"][number]["pools"][number]["region_distribution"];

const far = ({ modes }: MatchmakingStatistics): Regions =>
  modes.find(({ mode }) => mode === "far")?.pools[0]?.region_distribution ?? [];

test("[HT25] tickets and matches are counted by region", async () => {
  const choosy = { min_opponent_rating: 90_000, expand_search: false };
  const wishes = [
    { regions: ["eu"], preferences: choosy },
    { regions: ["us"], preferences: choosy },
    { latencies: { eu: 30 }, preferences: choosy },
    { preferences: choosy },
  ];
  for (const [place, wish] of wishes.entries())
    await rig.player(`player_w${place}`).create({ mode: "far", ...wish });
  for (const id of ["player_m1", "player_m2"] as const)
    await rig.player(id).create({ mode: "far", regions: ["us"] });
  await rig.reaches(({ matches }) => [...matches.values()].some(({ region }) => region === "us"));
  const told = await answerOf(rig.nodes[0]?.url ?? "", matchmakingStatistics);
  assert.deepEqual(far(told), [
    { region: "eu", waiting: 3, live_matches: 0 },
    { region: "us", waiting: 2, live_matches: 1 },
  ]);
});

test("[HT25] of a long queue a sample counts for all", () => {
  const { state } = rig;
  const pool = state.pools.get("far");
  const [standing] = pool?.index.byAge.chunks.flat() ?? [];
  assert.ok(pool !== undefined && standing !== undefined);
  const { index } = pool;
  const tickets = Array.from({ length: 3 * httpLimits.regionTicketsMax }, (_, place) => ({
    ...standing,
    ticketId: `ticket_many${place}` as const,
    wishes: { ...standing.wishes, regions: place % 4 === 0 ? ["us"] : ["eu"] },
    slot: -1,
  }));
  for (const ticket of tickets) index.add(ticket);
  const [eu, us] = far(matchmakingStatisticsOf(state, { shard: "main", at: state.time, wallTime: 0 }));
  for (const ticket of tickets) index.remove(ticket);
  const all = tickets.length;
  assert.ok(eu !== undefined && Math.abs(eu.waiting - (all * 3) / 4) < all / 100, JSON.stringify(eu));
  assert.ok(us !== undefined && Math.abs(us.waiting - all / 4) < all / 100, JSON.stringify(us));
});
