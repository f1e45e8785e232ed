import { guestToken } from "./guest-token.ts";
import { health } from "./health.ts";
import { matchView } from "./match-view.ts";
import { matchmakingStatistics } from "./matchmaking-statistics.ts";
import { readiness } from "./readiness.ts";

/** Every HTTP route of this version. */
export const routeDefinitions = [guestToken, matchView, matchmakingStatistics, health, readiness] as const;
