import { type Found, ok, warn } from "./finding.ts";

/** No clock that is right shows an earlier time: this build did not exist then. */
const earliest = Date.UTC(2025, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** Whether the machine's clock can be right; tokens and records carry its time. */
export function checkClock(nowMs: number): Found {
  const shown = new Date(nowMs).toISOString();
  if (nowMs >= earliest && nowMs < latest) return ok(shown);
  return warn(`the clock shows ${shown}`, "Set it, best by NTP: tokens and records carry its time.");
}
