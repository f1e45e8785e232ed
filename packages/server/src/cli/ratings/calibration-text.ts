import { type JudgedMode, type JudgedSystem, matchesMin } from "./judge-systems.ts";

const nameWidth = 24;
const columnWidth = 16;

/** What the matches of a mode tell, as lines for people. */
export function calibrationText(judged: JudgedMode): string {
  const { mode, matches, forfeits, ties, isEnough, systems } = judged;
  const left = forfeits === 0 ? "" : `; of these ${forfeits} forfeited: rated, and not judged`;
  const head = `${mode}: ${matches} matches, ${ties} ties${left}.`;
  if (systems.length === 0) return `${head}\nNone can be judged.`;
  const warning = `Only ${matches - forfeits} to judge by: fewer than ${matchesMin} say more about chance than about systems.`;
  return [
    ...(isEnough ? [head] : [head, warning]),
    "",
    ...figureLines(systems),
    "",
    ...curveLines(systems),
  ].join("\n");
}

function figureLines(systems: readonly JudgedSystem[]): string[] {
  const head = row("", ["log loss", "Brier", "accuracy"]);
  return [
    head,
    ...systems.map((one) =>
      row(nameOf(one), [one.logLoss.toFixed(4), one.brier.toFixed(4), percent(one.accuracy, 1)]),
    ),
  ];
}

/** Beside what was foretold, how often it came, and of how many forecasts; the coin's one bin tells nothing. */
function curveLines(systems: readonly JudgedSystem[]): string[] {
  const shown = systems.filter(({ system }) => system !== "coin");
  const froms = [...new Set(shown.flatMap(({ reliability }) => reliability.map(({ from }) => from)))].sort(
    (left, right) => left - right,
  );
  const head = row(
    "win foretold with",
    shown.map(({ system }) => `${system} came`),
  );
  const lines = froms.map((from) => {
    const cells = shown.map(({ reliability }) => {
      const bin = reliability.find((one) => one.from === from);
      return bin === undefined ? "" : `${percent(bin.meanOutcome, 0)} of ${bin.count}`;
    });
    return row(`${percent(from, 0)} to ${percent(from + 0.1, 0)}`, cells);
  });
  return [head, ...lines];
}

function nameOf({ system, isOwn }: JudgedSystem): string {
  return isOwn ? `${system} (the mode's)` : system;
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`.trimEnd();
}

function percent(part: number, digits: number): string {
  return `${(part * 100).toFixed(digits)} %`;
}
