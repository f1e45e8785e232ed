import type { ModeRules } from "../rules.ts";
import type { NoteFinding } from "./finding.ts";
import { secondsText } from "./widest-reach.ts";

/** A window that grows by more than this at once turns good matches into bad ones from one second to the next. */
const growthMax = 3;
/** Before this the window has had no time to grow in steps. */
const earlyMs = 30_000;

/** Notes where a rating window widens in a leap. */
export function findJumps({ search: { widening }, rating, maxWaitMs }: ModeRules, note: NoteFinding): void {
  if (widening.kind === "linear" || rating === null) return;
  for (const [place, { afterMs, gap }] of widening.steps.entries()) {
    const before = place === 0 ? 0 : widening.steps[place - 1].gap;
    if (before === 0 || before === Number.POSITIVE_INFINITY || afterMs >= maxWaitMs) continue;
    const key = `search.widening[${place}]`;
    const after = secondsText(afterMs);
    if (gap === Number.POSITIVE_INFINITY) {
      if (afterMs >= earlyMs) continue;
      const message = `the window goes from ${before} to anyone after ${after}`;
      const fix = `add a step of about ${before * 2}, or open to anyone after ${secondsText(earlyMs)} or later`;
      note("WINDOW_OPENS_EARLY", { key, message, fix });
    } else if (gap > before * growthMax) {
      const message = `the window goes from ${before} to ${gap} after ${after}`;
      const between = Math.round(Math.sqrt(before * gap));
      note("WINDOW_JUMPS", { key, message, fix: `add a step of about ${between} before it` });
    }
  }
}
