import { teamSizeOf } from "../format-of.ts";
import type { LedgerRules, ModeRules } from "../rules.ts";
import type { NoteFinding } from "./finding.ts";
import { secondsText, widestWindow } from "./widest-reach.ts";

/** Notes what keeps a mode from ever forming a match. */
export function findNeverMatches(mode: ModeRules, note: NoteFinding, ledger: LedgerRules): void {
  findNoRoom(mode, note);
  findNoWindow(mode, note);
  findDelay(mode, note);
  findUnfilledSide(mode, note);
  findNoRegion(mode, note);
  findUnpaidStake(mode, note, ledger);
}

function findNoRoom(mode: ModeRules, note: NoteFinding): void {
  const { maxLiveMatches, maxTickets } = mode;
  if (maxLiveMatches === 0) {
    const message = "no match may be live, so none is ever made";
    note("NO_LIVE_MATCHES", { key: "maxLiveMatches", message, fix: "allow at least one live match" });
  }
  const needed = fewestTickets(mode);
  if (maxTickets >= needed) return;
  const message = `a match takes ${needed} tickets at least, and ${maxTickets} may wait`;
  note("NO_TICKETS", { key: "maxTickets", message, fix: `allow at least ${needed} waiting tickets` });
}

/** How few waiting tickets can make up a match: those of the largest parties; a round is joined one by one. */
function fewestTickets({ teams, partySizeMax, search, round }: ModeRules): number {
  if (round !== null) return 1;
  if (search.sideDifferenceMax !== undefined) return 2;
  return teams.reduce<number>((sum, size) => sum + Math.ceil(teamSizeOf(size).min / partySizeMax), 0);
}

/** Ratings with a fractional part are equal only among newcomers: a window of 0 then keeps everybody apart for good. */
function findNoWindow(mode: ModeRules, note: NoteFinding): void {
  if (mode.rating === null || widestWindow(mode) > 0) return;
  const first =
    mode.search.widening.kind === "steps" ? mode.search.widening.steps.find(({ gap }) => gap > 0) : undefined;
  if (first === undefined) {
    const message = "the rating window is 0 however long somebody waits: only exactly equal ratings meet";
    note("NO_WINDOW", { key: "search.widening", message, fix: "give the widening a gap above 0" });
    return;
  }
  const wait = secondsText(mode.maxWaitMs);
  const message = `the rating window is 0 until ${secondsText(first.afterMs)}, and the wait ends after ${wait}`;
  const fix = `begin the step of ${first.gap} before ${wait}, or let tickets wait longer`;
  note("NO_WINDOW", { key: "search.widening", message, fix });
}

function findDelay({ antiSnipeMs: [shortest, longest], maxWaitMs }: ModeRules, note: NoteFinding): void {
  const [least, most, wait] = [shortest, longest, maxWaitMs].map(secondsText);
  const fix = `keep the anti-snipe delay well below the longest wait of ${wait}`;
  if (shortest >= maxWaitMs) {
    const message = `a ticket may be matched after ${least} at the earliest, and its wait ends after ${wait}`;
    note("DELAY_OUTLASTS_WAIT", { key: "antiSnipeMs", message, fix });
  } else if (longest >= maxWaitMs) {
    const message = `a ticket's delay may be as long as ${most}, and its wait ends after ${wait}`;
    note("DELAY_OUTLASTS_SOME", { key: "antiSnipeMs", message, fix });
  }
}

function findUnfilledSide({ teams, partySizeMax, search, round }: ModeRules, note: NoteFinding): void {
  if (search.sideDifferenceMax === undefined || round !== null) return;
  const smallest = Math.min(...teams.map((size) => teamSizeOf(size).min));
  if (partySizeMax >= smallest) return;
  const message = `a side has ${smallest} players at least, and a party may have ${partySizeMax}`;
  note("SIDE_NEVER_FILLED", { key: "partySizeMax", message, fix: `allow parties of ${smallest}` });
}

function findNoRegion({ search: { regions }, maxWaitMs }: ModeRules, note: NoteFinding): void {
  const reached = regions?.latencyMax.filter(({ afterMs }) => afterMs < maxWaitMs).at(-1);
  if (reached === undefined || reached.latencyMs > 0) return;
  const message = "the latency ceiling is 0 ms as long as a ticket waits: no region is that near";
  note("NO_REGION", { key: "search.regions.latencyMax", message, fix: "raise the ceiling, or let it widen" });
}

function findUnpaidStake(mode: ModeRules, note: NoteFinding, { faucet }: LedgerRules): void {
  const { stakes, stakePer, teams } = mode;
  if (stakes.length === 0) return;
  const lowest = stakes.reduce((least, tier) => (BigInt(tier.stake) < BigInt(least.stake) ? tier : least));
  const largest = Math.max(...teams.map((size) => teamSizeOf(size).max));
  const share = BigInt(lowest.stake) / BigInt(stakePer === "side" ? largest : 1);
  if (BigInt(faucet) >= share) return;
  const message = `the faucet gives less than the lowest stake (${lowest.tier}), so no newcomer can pay it`;
  note("STAKE_BEYOND_FAUCET", { key: "stakes", message, fix: "raise the faucet, or lower the stake" });
}
