import type { Entry } from "@matchforge/core";
import { entriesFrom } from "matchforge";
import type { Deployment } from "./setups.ts";

/** The whole log of a running shard. */
export function loggedEntries(deployment: Deployment): Promise<Entry[]> {
  return deployment.withLog(async (log) => {
    const entries: Entry[] = [];
    for await (const entry of entriesFrom(log, 1)) entries.push(entry);
    return entries;
  });
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
