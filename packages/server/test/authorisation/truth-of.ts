import { type State, snapshotChunks } from "@matchforge/core";

/** What is of no consequence: where the log stands, who is connected, who was heard of when, which requests came. */
const passing = new Set([
  "epoch",
  "node",
  "touchedAt",
  "deadline",
  "requests",
  "undelivered",
  "notified",
  "via",
  "lastHeardAt",
  "extensions",
]);

/** Everything in a state that somebody could have changed by asking: players, parties, tickets, matches, servers. */
export function truthOf(state: State): string {
  const kinds = ["player", "party", "crew", "ticket", "match", "server"];
  const lines = [...snapshotChunks(state)]
    .flatMap((chunk) => JSON.parse(chunk, withoutPassing) as [string, unknown][])
    .filter(([kind]) => kinds.includes(kind))
    .filter(([kind, value]) => kind !== "player" || isEngaged(value as Engagement));
  return JSON.stringify(lines);
}

interface Engagement {
  readonly ticket: unknown;
  readonly match: unknown;
  readonly party: unknown;
  readonly preferences?: unknown;
  readonly offences: readonly unknown[];
}

/** Somebody who only came, or went, has changed nothing. */
function isEngaged({ ticket, match, party, preferences, offences }: Engagement): boolean {
  return (
    ticket !== null || match !== null || party !== null || preferences !== undefined || offences.length > 0
  );
}

function withoutPassing(name: string, value: unknown): unknown {
  return passing.has(name) ? undefined : value;
}
