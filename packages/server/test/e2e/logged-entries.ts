import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Entry } from "@matchforge/core";
import { openSqliteFile } from "@matchforge/stores";
import { entriesOf } from "matchforge";
import { shardFileName } from "../../src/shard/embedded-shard.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The log in a data folder, as a process killed at this moment would leave it: nobody else may open the file itself. */
export async function loggedEntries(dataDir: string): Promise<Entry[]> {
  const copy = temporaryFolder();
  cpSync(dataDir, copy, { recursive: true });
  const file = await openSqliteFile({ path: join(copy, shardFileName) });
  try {
    const entries: Entry[] = [];
    const log = file.log();
    for (;;) {
      const batches = await log.read({ from: (entries.at(-1)?.position ?? 0) + 1, limit: 200 });
      if (batches.length === 0) return entries;
      entries.push(...batches.flatMap(entriesOf));
    }
  } finally {
    await file.close();
    rmSync(copy, { recursive: true });
  }
}

/** What the messages and connections of players become. All else follows from these and from time. */
const deeds = [
  "player.connected",
  "player.disconnected",
  "ticket.enqueue",
  "ticket.cancel",
  "match.accept",
  "match.decline",
  "match.abandon",
  "match.checkpoint",
  "match.finish",
];

/** What players did after one position of the log and up to another. */
export function deedsBetween(
  entries: readonly Entry[],
  { after, upTo }: { readonly after: number; readonly upTo: number },
): string[] {
  return entries
    .filter(({ position }) => position > after && position <= upTo)
    .map(({ command }) => command.type)
    .filter((type) => deeds.includes(type));
}

/** How often the request with an id stands in the log; `test` is the client instance of each player here. */
export function timesLogged(entries: readonly Entry[], id: string): number {
  return entries.filter(({ command }) => "origin" in command && command.origin?.key === `test:${id}`).length;
}
