import type { ArrivalModel } from "./traffic-model.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The rate of arrivals around the clock. */
export class DailyCurve {
  readonly #rates: readonly number[];
  readonly #startMs: number;
  /** The highest rate, in arrivals a ms. */
  readonly perMsMax: number;

  constructor({ perSecond, daily, startHour }: ArrivalModel) {
    const mean = daily.reduce((sum, rate) => sum + rate, 0) / daily.length;
    this.#rates = daily.map((rate) => ((rate / mean) * perSecond) / 1_000);
    this.#startMs = startHour * hourMs;
    this.perMsMax = Math.max(...this.#rates);
  }

  /** Arrivals a ms, `at` ms after the run began. The mean of a whole day is the model's rate. */
  perMsAt(at: number): number {
    const rates = this.#rates;
    const place = (((this.#startMs + at) % dayMs) / dayMs) * rates.length;
    const before = Math.floor(place) % rates.length;
    const part = place - Math.floor(place);
    return rates[before] * (1 - part) + rates[(before + 1) % rates.length] * part;
  }
}
