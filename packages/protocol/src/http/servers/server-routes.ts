import { matchHeartbeat } from "./match-heartbeat.ts";
import { matchRedeem } from "./match-redeem.ts";
import { matchResult } from "./match-result.ts";
import { matchRoster } from "./match-roster.ts";
import { matchStanding } from "./match-standing.ts";
import { serverDown } from "./server-down.ts";
import { serverHeartbeat } from "./server-heartbeat.ts";
import { serverMatches } from "./server-matches.ts";
import { serverRegister } from "./server-register.ts";

/** What game servers ask and tell. */
export const serverRoutes = {
  serverRegister,
  serverHeartbeat,
  serverMatches,
  serverDown,
  matchRoster,
  matchRedeem,
  matchStanding,
  matchResult,
  matchHeartbeat,
} as const;
