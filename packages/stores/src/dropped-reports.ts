import { storeLimits } from "./limits.ts";
import type { StoreReport, StoreReportCode } from "./report.ts";

/**
 * Reports of something that may happen thousands of times a second: the first is told at once, and those of each
 * following interval together, with their number.
 *
 * @example
 * const dropped = new DroppedReports({ report, code: "RELAY_DROPPED" });
 * dropped.add("The connection is lost.");
 */
export class DroppedReports {
  readonly #report: StoreReport;
  readonly #code: StoreReportCode;
  #count = 0;
  #last = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { readonly report: StoreReport; readonly code: StoreReportCode }) {
    this.#report = options.report;
    this.#code = options.code;
  }

  /** Counts what happened; `reason` is a sentence. */
  add(reason: string, times = 1): void {
    this.#count += times;
    this.#last = reason;
    if (this.#timer === undefined) this.#tell();
  }

  /** Tells what is left to tell. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#count > 0) this.#tell();
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const times = this.#count === 1 ? "" : ` (${this.#count} times)`;
    this.#report({ code: this.#code, detail: `${this.#last}${times}` });
    this.#count = 0;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#count > 0) this.#tell();
    }, storeLimits.droppedReportEveryMs);
    this.#timer.unref();
  }
}
