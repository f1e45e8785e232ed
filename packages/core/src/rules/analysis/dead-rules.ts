import { recentOpponentsMax } from "../../kernel/records.ts";
import { lastStepAfterMs } from "../../matching/window.ts";
import { teamSizeOf } from "../format-of.ts";
import type { ModeRules } from "../rules.ts";
import type { NoteFinding } from "./finding.ts";
import { secondsText } from "./widest-reach.ts";

/** Notes the rules of a mode that never change anything. */
export function findDeadRules(mode: ModeRules, note: NoteFinding): void {
  findDeadSteps(mode, note);
  findDeadLatencies(mode, note);
  findDeadLine(mode, note);
  findLateWarning(mode, note);
  findUnrated(mode, note);
  findDeadHold(mode, note);
  findDeadRematch(mode, note);
  findDeadFormat(mode, note);
  findDeadPlay(mode, note);
}

const dropStep = "drop the step";

function findDeadSteps({ search: { widening }, rating, maxWaitMs }: ModeRules, note: NoteFinding): void {
  if (widening.kind === "linear" || rating === null) return;
  for (const [place, { afterMs, gap }] of widening.steps.entries()) {
    const key = `search.widening[${place}]`;
    if (place > 0 && gap === widening.steps[place - 1].gap) {
      const message = `the step at ${secondsText(afterMs)} is as wide as the one before`;
      note("STEP_CHANGES_NOTHING", { key, message, fix: `${dropStep}, or give it a wider gap` });
    }
    if (place === 0 || afterMs < maxWaitMs) continue;
    note("STEP_AFTER_WAIT", { key, ...afterTheWait(afterMs, maxWaitMs) });
  }
}

function findDeadLatencies({ search: { regions }, maxWaitMs }: ModeRules, note: NoteFinding): void {
  if (regions === undefined) return;
  for (const [place, { afterMs, latencyMs }] of regions.latencyMax.entries()) {
    const key = `search.regions.latencyMax[${place}]`;
    if (place > 0 && latencyMs === regions.latencyMax[place - 1].latencyMs) {
      const message = `the ceiling at ${secondsText(afterMs)} is as high as the one before`;
      note("STEP_CHANGES_NOTHING", { key, message, fix: `${dropStep}, or give it a higher ceiling` });
    }
    if (place > 0 && afterMs >= maxWaitMs)
      note("STEP_AFTER_WAIT", { key, ...afterTheWait(afterMs, maxWaitMs) });
  }
}

function afterTheWait(afterMs: number, maxWaitMs: number): { message: string; fix: string } {
  const [after, wait] = [secondsText(afterMs), secondsText(maxWaitMs)];
  return {
    message: `the step begins after ${after}, and the wait ends after ${wait}`,
    fix: `begin it before ${wait}, let tickets wait longer than ${after}, or ${dropStep}`,
  };
}

function findDeadLine({ search: { widening }, maxWaitMs }: ModeRules, note: NoteFinding): void {
  if (widening.kind === "steps" || widening.max === widening.gap) return;
  const { gap, perSecond, max } = widening;
  const reached = gap + (perSecond * maxWaitMs) / 1_000;
  if (reached >= max) return;
  const message = `the window grows from ${gap} to ${reached} within the wait of ${secondsText(maxWaitMs)}, never to its maximum of ${max}`;
  const fix = `let it grow by ${Math.ceil(((max - gap) * 1_000) / maxWaitMs)} a second, or set its maximum to ${reached}`;
  note("LINEAR_STANDS_STILL", { key: "search.widening", message, fix });
}

function findLateWarning({ warnAfterMs, maxWaitMs }: ModeRules, note: NoteFinding): void {
  if (warnAfterMs < maxWaitMs) return;
  const [warning, wait] = [secondsText(warnAfterMs), secondsText(maxWaitMs)];
  const message = `players are warned of a long wait after ${warning}, and the wait ends after ${wait}`;
  note("WARN_AFTER_WAIT", { key: "warnAfterMs", message, fix: `warn well before ${wait}` });
}

function findUnrated({ rating, search, partyRating }: ModeRules, note: NoteFinding): void {
  if (rating !== null) return;
  const goesByRating = (key: string, rule: string) =>
    note("RATING_RULE_UNRATED", {
      key,
      message: `the mode is unrated, so ${rule} of ratings that are all equal`,
      fix: "drop it, or give the mode a rating",
    });
  const { widening } = search;
  const isWide = widening.kind === "steps" && widening.steps[0]?.gap === Number.POSITIVE_INFINITY;
  if (!isWide) goesByRating("search.widening", "its window is one");
  if (search.hold !== undefined) goesByRating("search.hold", "it holds back for a better gap");
  if (partyRating.strategy !== "average") goesByRating("partyRating.strategy", "a party's rating is one");
}

function findDeadHold({ search, rating }: ModeRules, note: NoteFinding): void {
  const { hold } = search;
  const lastStepMs = lastStepAfterMs(search);
  if (hold?.kind !== "fixed" || rating === null || lastStepMs === 0 || hold.forMs <= lastStepMs) return;
  const [held, last] = [secondsText(hold.forMs), secondsText(lastStepMs)];
  const message = `matches are kept back for up to ${held}, and the last step at ${last} ends that`;
  note("HOLD_BEYOND_LAST_STEP", { key: "search.hold.forMs", message, fix: `hold for ${last} at most` });
}

function findDeadRematch(mode: ModeRules, note: NoteFinding): void {
  const { search } = mode;
  const { avoidRematch } = search;
  if (avoidRematch === null) return;
  const { last, forMs } = avoidRematch;
  const key = "search.avoidRematch";
  if (last === 0 || forMs === 0) {
    const message = `rematches with the last ${last} opponents are avoided for ${secondsText(forMs)}: that is never`;
    note("REMATCH_NEVER_AVOIDED", {
      key,
      message,
      fix: "drop the rule, or give it matches and a time above 0",
    });
  } else if (lastStepAfterMs(search) === 0) {
    const message = "rematches are allowed from the last step on, and the search begins with it";
    note("REMATCH_NEVER_AVOIDED", { key, message, fix: "drop the rule, or add a later step" });
  }
  const remembered = Math.floor(recentOpponentsMax / fewestOpponents(mode));
  if (last <= remembered) return;
  const message = `those of the last ${last} matches are avoided, and ${recentOpponentsMax} opponents are remembered, those of ${remembered}`;
  note("REMATCH_BEYOND_MEMORY", { key: `${key}.last`, message, fix: `avoid those of ${remembered} at most` });
}

/** How many opponents a player has in the smallest match of a mode. */
function fewestOpponents({ teams, round }: ModeRules): number {
  if (round !== null) return round.playersMin - 1;
  const least = teams.map((size) => teamSizeOf(size).min);
  return least.reduce((sum, players) => sum + players, 0) - Math.max(...least);
}

function findDeadFormat({ teams, sizeDifferenceMax, search, round }: ModeRules, note: NoteFinding): void {
  if (search.sideDifferenceMax !== undefined || round !== null) return;
  const sizes = teams.map(teamSizeOf);
  const most = Math.max(...sizes.map(({ max }) => max)) - Math.min(...sizes.map(({ min }) => min));
  if (sizeDifferenceMax <= most) return;
  const message = `teams may differ by ${sizeDifferenceMax}, and their sizes let them differ by ${most}`;
  note("SIZES_NEVER_DIFFER", {
    key: "sizeDifferenceMax",
    message,
    fix: `set it to ${most}, or let sizes range`,
  });
}

function findDeadPlay(mode: ModeRules, note: NoteFinding): void {
  const { requires, stakes, revealOpponent, readyCheckMs, graceMs, durationMs } = mode;
  if (stakes.length === 0 && requires.includes("escrow")) {
    const message = "escrow is required, and there is no stake to put into it";
    note("ESCROW_WITHOUT_STAKES", { key: "requires", message, fix: "drop the requirement, or add stakes" });
  }
  if (revealOpponent === "accepted" && readyCheckMs === null) {
    const message = "opponents are shown once all have accepted, and nobody is asked";
    note("REVEAL_WITHOUT_READY_CHECK", {
      key: "revealOpponent",
      message,
      fix: "add a ready check, or drop the rule",
    });
  }
  if (graceMs < durationMs) return;
  const [grace, duration] = [secondsText(graceMs), secondsText(durationMs)];
  const message = `who disconnects has ${grace} to return, and the match is over after ${duration}`;
  note("GRACE_OUTLASTS_MATCH", { key: "graceMs", message, fix: `give less than ${duration} of grace` });
}
