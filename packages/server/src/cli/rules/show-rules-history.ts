import { diffRules, isSameRules, type Rules, type RulesDiff } from "@matchforge/core";
import { withDataFile } from "../data-file.ts";
import { type RecordedRules, recordedRules } from "./recorded-rules.ts";
import { changeAnswer, changeLines } from "./show-rules-diff.ts";

/** `matchforge rules history`: prints the rules of a recording, each beside those it replaced. */
export async function showRulesHistory(
  folder: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  const recorded = await withDataFile(folder, (file) =>
    recordedRules({ log: file.log(), archive: file.archive() }),
  );
  let before: Rules | null = null;
  for (const one of recorded) {
    const diff = before === null || one.rules === null ? null : diffRules(before, one.rules);
    console.log(json === true ? JSON.stringify(answerOf(one, diff)) : textOf(one, diff));
    before = one.rules ?? before;
  }
  if (recorded.length === 0 && json !== true) console.log("No rules are recorded there.");
}

function answerOf({ version, position, at, by, rules }: RecordedRules, diff: RulesDiff | null) {
  const changes = diff?.modes.map((mode) =>
    mode.kind === "changed"
      ? { ...mode, changes: mode.changes.map((change) => changeAnswer(change, mode.mode)) }
      : mode,
  );
  return {
    version,
    position,
    at,
    time: new Date(at).toISOString(),
    refused: version === null,
    by: by ?? null,
    modes: rules?.modes.map(({ id }) => id) ?? [],
    changes: changes ?? [],
    rules: diff?.shard.map((change) => changeAnswer(change)) ?? [],
  };
}

function textOf({ version, position, at, by, rules }: RecordedRules, diff: RulesDiff | null): string {
  const name = version === null ? "refused" : `version ${version}`;
  const author = by === undefined ? "" : `, by ${by}`;
  const head = `${name}, position ${position}, ${new Date(at).toISOString()}${author}`;
  return [head, ...bodyOf(rules, diff).map((line) => `  ${line}`)].join("\n");
}

function bodyOf(rules: Rules | null, diff: RulesDiff | null): string[] {
  if (rules === null) return ["they cannot be used; those before stayed in force"];
  if (diff === null) return [`modes: ${rules.modes.map(({ id }) => id).join(", ")}`];
  return isSameRules(diff) ? ["nothing changed"] : changeLines(diff);
}
