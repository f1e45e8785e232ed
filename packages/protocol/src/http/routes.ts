import { guestToken } from "./guest-token.ts";
import { health } from "./health.ts";
import { leaderboard } from "./leaderboard.ts";
import { matchReceipt } from "./match-receipt.ts";
import { matchView } from "./match-view.ts";
import { matchmakingExplanation } from "./matchmaking-explanation.ts";
import { matchmakingStatistics } from "./matchmaking-statistics.ts";
import { playerRatings } from "./player-ratings.ts";
import { readiness } from "./readiness.ts";
import { shardMove } from "./shard-move.ts";

/** Every HTTP route of this version. */
export const routeDefinitions = [
  guestToken,
  shardMove,
  matchView,
  matchReceipt,
  matchmakingStatistics,
  matchmakingExplanation,
  leaderboard,
  playerRatings,
  health,
  readiness,
] as const;
