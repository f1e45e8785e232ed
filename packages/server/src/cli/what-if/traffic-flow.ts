import type { TableReader } from "../../config/table-reader.ts";
import { numberWithin, shareList } from "./bounded-numbers.ts";

/** A usual day from midnight on: quiet at five in the morning, busiest at nine in the evening. */
const usualDay = [
  0.9, 0.6, 0.4, 0.25, 0.2, 0.2, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.9, 0.95, 1.05, 1.2, 1.4, 1.6,
  1.8, 1.95, 2, 1.8, 1.35,
];
const pointsMax = 96;

/** When tickets come. */
export function readArrivals(arrivals: TableReader) {
  const daily = shareList(arrivals, "daily", usualDay);
  if (daily.length === 0 || daily.length > pointsMax)
    arrivals.note("daily", `1 to ${pointsMax} numbers`, daily.length);
  const read = {
    perSecond: numberWithin(arrivals, "per_second", { otherwise: 5, low: 0.0001, high: 10_000 }),
    daily,
    startHour: numberWithin(arrivals, "start_hour", { otherwise: 0, low: 0, high: 24 }),
  };
  arrivals.end();
  return read;
}

/** How they lose patience. */
export function readChurn(churn: TableReader) {
  const read = {
    perMinute: numberWithin(churn, "per_minute", { otherwise: 0.05, low: 0, high: 1_000 }),
    growthPerMinute: numberWithin(churn, "growth_per_minute", { otherwise: 0.02, low: 0, high: 1_000 }),
  };
  churn.end();
  return read;
}

/** How they come again. */
export function readReturning(returning: TableReader) {
  const read = {
    share: numberWithin(returning, "share", { otherwise: 0.5, low: 0, high: 1 }),
    afterMs: returning.secondsRange("after", [90, 600]),
  };
  returning.end();
  return read;
}
