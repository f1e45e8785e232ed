import type { Command } from "commander";
import { verifyMatch } from "matchforge";
import { dataFolderArgument, withDataFile } from "../data-file.ts";
import { runCommand } from "../run-command.ts";
import { UsageError } from "../usage-error.ts";
import { matchPosition } from "./match-position.ts";
import { type Judged, verificationAnswer, verificationText } from "./verification-text.ts";

/** `matchforge verify`: forms a recorded match again, and says whether the same comes of it. */
export function addVerify(program: Command): void {
  program
    .command("verify")
    .description("Replays what a match was formed from, and forms it again: the same must come of it.")
    .argument("<match>", "the match's id")
    .argument(...dataFolderArgument)
    .option("--json", "prints what was found as a line of JSON")
    .addHelpText(
      "after",
      "\nA match that comes out otherwise gives exit code 1; one that cannot be formed again, 2.\n\n" +
        "Example:\n  matchforge verify match_0199c2 ./data",
    )
    .action((match: string, folder: string | undefined, flags: { json?: boolean }) =>
      runCommand(() => verify(match, folder, flags)),
    );
}

async function verify(
  match: string,
  folder: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  const judged = await withDataFile(folder, async (file): Promise<Judged> => {
    const log = file.log();
    const position = await matchPosition({ log, archive: file.archive() }, match);
    if (position === undefined)
      throw new UsageError(
        `${match} is not in this recording. Check the id, or name the folder it was played in.`,
      );
    const verification = await verifyMatch({ log, position });
    if (verification.ok || verification.reason === "differs") return { match, position, verification };
    throw new UsageError(`${match} cannot be formed again: ${adviceOf[verification.reason]}`);
  });
  console.log(json === true ? JSON.stringify(verificationAnswer(judged)) : verificationText(judged));
  if (!judged.verification.ok) process.exitCode = 1;
}

const adviceOf = {
  not_found:
    "it was not proposed by a wave, but filled as a round by whoever came. Rounds are not formed again.",
  trimmed:
    "the log from before it has been trimmed. Use a copy of the data folder from nearer to the match, such as a backup.",
  by_hand: "no matcher of ours formed it. Only the program that put it together can say why.",
} as const;
