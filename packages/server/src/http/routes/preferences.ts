import type { PlayerId, Preferences, RegionLatency } from "@matchforge/core";
import type { PlayerPreferences } from "@matchforge/protocol";
import { matchmakingPreferences, matchmakingPreferencesSet } from "@matchforge/protocol/schemas";
import { latenciesIn } from "../../websocket/requests/wishes-in.ts";
import { carryOut } from "../carry-out.ts";
import { keyedRequest } from "../idempotency-key.ts";
import { type Served, served } from "../serve-routes.ts";
import { playerAsking } from "../tickets/player-asking.ts";
import type { TicketDesk } from "../tickets/ticket-desk.ts";
import { whilePresent } from "./tickets.ts";

/** What a player's tickets want where they say nothing themselves. */
export function preferenceRoutes(desk: TicketDesk): readonly Served[] {
  return [
    served(matchmakingPreferences, async (asked) => {
      const known = await preferencesOf(desk, playerAsking(asked).player);
      return { answer: known === null ? {} : shown(known) };
    }),
    served(matchmakingPreferencesSet, async (asked) => {
      const { body, request } = asked;
      const keyed = keyedRequest(request, { key: "optional", type: "player.prefer", data: body });
      if (!keyed.ok) return keyed;
      return whilePresent(desk, playerAsking(asked), async ({ player }) => {
        const { origin } = keyed;
        const preferences = taken(body);
        const command = { type: "player.prefer", player, preferences } as const;
        const carried = await carryOut(desk.deps, { ...command, ...(origin !== undefined && { origin }) });
        if (!carried.ok) return carried;
        return { answer: shown(desk.deps.state().players.get(player)?.preferences ?? preferences) };
      });
    }),
  ];
}

/** The shard's, or for somebody it has forgotten the archive's. */
async function preferencesOf({ deps }: TicketDesk, player: PlayerId): Promise<Preferences | null> {
  const known = deps.state().players.get(player);
  if (known !== undefined) return known.preferences ?? null;
  const row = (await deps.archive.player(player))?.preferences ?? null;
  return row === null ? null : (JSON.parse(row.preferences) as Preferences);
}

/** An empty list prefers nothing, as one that is left out. */
function taken({ modes = [], regions = [], latency_max_ms, latencies }: PlayerPreferences): Preferences {
  const ceiling = typeof latency_max_ms === "object" ? latenciesIn(latency_max_ms) : latency_max_ms;
  return {
    modes,
    regions: regions.length === 0 ? null : regions,
    latencyMaxMs: ceiling ?? null,
    latencies: latencies === undefined ? null : latenciesIn(latencies),
  };
}

function shown({ modes, regions, latencyMaxMs, latencies }: Preferences): PlayerPreferences {
  const ceiling =
    latencyMaxMs === null || typeof latencyMaxMs === "number" ? latencyMaxMs : byRegion(latencyMaxMs);
  return {
    ...(modes.length > 0 && { modes: [...modes] }),
    ...(regions !== null && { regions: [...regions] }),
    ...(ceiling !== null && { latency_max_ms: ceiling }),
    ...(latencies !== null && { latencies: byRegion(latencies) }),
  };
}

function byRegion(latencies: readonly RegionLatency[]): Record<string, number> {
  return Object.fromEntries(latencies.map(({ region, latencyMs }) => [region, latencyMs]));
}
