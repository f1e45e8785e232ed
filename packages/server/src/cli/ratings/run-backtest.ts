import { brierScore, forecastsOf, logLoss, type RatingRules } from "@matchforge/core";
import { countFrom } from "../configure.ts";
import { withDataFile } from "../data-file.ts";
import { recordedRules } from "../rules/recorded-rules.ts";
import { UsageError } from "../usage-error.ts";
import { calibrationText } from "./calibration-text.ts";
import { type JudgedMode, judgeSystems } from "./judge-systems.ts";
import { type RecordedMode, recordedMatches } from "./recorded-matches.ts";
import { type SyntheticMatch, syntheticMatches } from "./synthetic-matches.ts";

/** What commander gives. */
export interface BacktestFlags {
  readonly mode?: string;
  readonly synthetic?: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** More would take minutes and show the same. */
const syntheticMax = 1_000_000;
const seedMax = 0xffff_ffff;

/** `matchforge ratings backtest`. */
export async function runBacktest(folder: string | undefined, flags: BacktestFlags): Promise<void> {
  if (flags.synthetic !== undefined) return showSynthetic(folder, { ...flags, synthetic: flags.synthetic });
  const { modes, ratings } = await withDataFile(folder, async (file) => {
    const [log, archive] = [file.log(), file.archive()];
    const rules = (await recordedRules({ log, archive })).findLast(({ version }) => version !== null)?.rules;
    const known = new Map(rules?.modes.map(({ id, rating }) => [id, rating]));
    return { modes: await recordedMatches(archive), ratings: known };
  });
  const wanted = flags.mode === undefined ? modes : modes.filter(({ mode }) => mode === flags.mode);
  if (flags.mode !== undefined && wanted.length === 0) throw unrecorded(flags.mode, modes);
  for (const { mode, matches } of wanted)
    show(judgeSystems({ mode, matches, rules: ratings.get(mode) ?? null }), flags);
  if (modes.length === 0 && flags.json !== true) console.log("No match has been decided there yet.");
}

function unrecorded(mode: string, modes: readonly RecordedMode[]): UsageError {
  const names = modes.map((one) => one.mode).join(", ");
  return new UsageError(
    names === ""
      ? "No match has been decided there yet."
      : `No match of ${mode} has been decided there; there are some of ${names}.`,
  );
}

function showSynthetic(
  folder: string | undefined,
  flags: BacktestFlags & { readonly synthetic: string },
): void {
  if (folder !== undefined || flags.mode !== undefined)
    throw new UsageError("--synthetic draws its own matches; leave out the data folder and --mode.");
  const count = boundedCount(flags.synthetic, { name: "--synthetic", atLeast: 1, atMost: syntheticMax });
  const seed = boundedCount(flags.seed, { name: "--seed", atLeast: 0, atMost: seedMax });
  const matches = syntheticMatches({ count, seed });
  const noRules: RatingRules | null = null;
  show(judgeSystems({ mode: "synthetic", matches, rules: noRules }), flags, limitOf(matches));
}

/** What somebody who knew the skills would have scored: no system does better but by chance. */
function limitOf(matches: readonly SyntheticMatch[]): { readonly logLoss: number; readonly brier: number } {
  const forecasts = matches.flatMap(({ teams, truth }) =>
    forecastsOf(
      [truth, 1 - truth],
      teams.map(({ rank }) => rank),
    ),
  );
  return { logLoss: logLoss(forecasts), brier: brierScore(forecasts) };
}

function boundedCount(text: string, bounds: { name: string; atLeast: number; atMost: number }): number {
  const count = countFrom(text, bounds);
  if (count <= bounds.atMost) return count;
  throw new UsageError(`${bounds.name} is ${text}; it takes a whole number of at most ${bounds.atMost}.`);
}

function show(
  judged: JudgedMode,
  { json }: BacktestFlags,
  limit: ReturnType<typeof limitOf> | null = null,
): void {
  if (json === true) return console.log(JSON.stringify(answerOf(judged, limit)));
  console.log(`${calibrationText(judged)}\n`);
  if (limit === null) return;
  const figures = `log loss ${limit.logLoss.toFixed(4)}, Brier ${limit.brier.toFixed(4)}`;
  console.log(`Who knew the skills that were drawn would have had ${figures}.`);
}

function answerOf({ isEnough, systems, ...judged }: JudgedMode, limit: ReturnType<typeof limitOf> | null) {
  return {
    ...judged,
    is_enough: isEnough,
    ...(limit !== null && { limit: { log_loss: limit.logLoss, brier: limit.brier } }),
    systems: systems.map(({ system, isOwn, matches, logLoss: loss, brier, accuracy, reliability }) => ({
      system,
      is_own: isOwn,
      matches,
      log_loss: loss,
      brier,
      accuracy,
      reliability: reliability.map(({ from, to, count, meanPredicted, meanOutcome }) => ({
        from,
        to,
        count,
        predicted: meanPredicted,
        came: meanOutcome,
      })),
    })),
  };
}
