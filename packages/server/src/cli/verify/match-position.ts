import type { Command } from "@matchforge/core";
import type { Archive, Log } from "@matchforge/stores";
import { entriesFrom } from "matchforge";

/** The commands by which a match comes to be. */
const makers: ReadonlySet<Command["type"]> = new Set(["matcher.propose", "round.fill", "siege.declare"]);

/** Where in the log a match was made; what the archive has not heard of yet, the log's end tells. */
export async function matchPosition(
  { log, archive }: { readonly log: Log; readonly archive: Archive },
  match: string,
): Promise<number | undefined> {
  const archived = await archive.match(match);
  if (archived !== undefined) return archived.match.position;
  for await (const { position, command } of entriesFrom(log, (await archive.cursor()) + 1))
    if (makers.has(command.type) && "match" in command && command.match === match) return position;
  return undefined;
}
