import type { TicketId } from "@matchforge/core";
import type { Command } from "commander";
import { dataFolderArgument, withDataFile } from "../data-file.ts";
import { runCommand } from "../run-command.ts";
import { UsageError } from "../usage-error.ts";
import { explainTicket } from "./explain-ticket.ts";
import { explanationAnswer, explanationText } from "./explanation-text.ts";
import { stateAtHead } from "./state-at-head.ts";
import { whatBecameOf } from "./what-became-of.ts";

/** `matchforge explain`: why a ticket waits at the end of a recording, for operators. */
export function addExplain(program: Command): void {
  program
    .command("explain")
    .description("Says why a ticket waits: who could be met, what keeps how many away, and until when.")
    .argument("<ticket>", "the ticket's id")
    .argument(...dataFolderArgument)
    .option("--json", "prints it as a line of JSON")
    .addHelpText(
      "after",
      "\nA ticket that does not wait there gives exit code 2. Nothing of this is for players: it names others.\n\n" +
        "Example:\n  matchforge explain ticket_0199c2 ./data",
    )
    .action((ticket: string, folder: string | undefined, flags: { json?: boolean }) =>
      runCommand(() => explainInFolder(ticket, folder, flags)),
    );
}

async function explainInFolder(
  id: string,
  folder: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  const told = await withDataFile(folder, async (file) => {
    const state = await stateAtHead(file.log());
    const ticket = state.tickets.get(id as TicketId);
    if (ticket?.state === "waiting") return explainTicket(state, ticket);
    throw new UsageError(
      `${id} does not wait at the end of this recording. ${await whatBecameOf({ id, state, archive: file.archive() })}`,
    );
  });
  console.log(json === true ? JSON.stringify(explanationAnswer(told)) : explanationText(told));
}
