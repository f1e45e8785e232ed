import type { KernelEvent, State } from "@matchforge/core";
import type { Archive } from "@matchforge/stores";

/** Says in a sentence what became of a ticket that does not wait, as far as a recording tells. */
export async function whatBecameOf({
  id,
  state,
  archive,
}: {
  readonly id: string;
  readonly state: State;
  readonly archive: Archive;
}): Promise<string> {
  for (const { id: match, phase, tickets } of state.matches.values())
    if (tickets.some((ticket) => ticket.id === id))
      return `It was matched: ${match} is ${phase.state}. See: matchforge verify ${match}`;
  const ended = await lastEvent(archive, "ticket.ended", id);
  if (ended?.type === "ticket.ended") return `It has ended: ${ended.reason}.`;
  const created = await lastEvent(archive, "match.created", id);
  if (created?.type === "match.created")
    return `It was matched: ${created.match}. See: matchforge verify ${created.match}`;
  return "It was never there. Check the id, or name the folder of the server it queued on.";
}

const eventsPerRead = 10_000;

/** The last event of a type in which an id stands. */
async function lastEvent(
  archive: Archive,
  type: KernelEvent["type"],
  id: string,
): Promise<KernelEvent | undefined> {
  let found: KernelEvent | undefined;
  let from = { position: 0, index: 0 };
  for (;;) {
    const events = await archive.events({ from, limit: eventsPerRead, type });
    const last = events.at(-1);
    if (last === undefined) return found;
    from = last;
    for (const { payload } of events)
      if (payload.includes(`"${id}"`)) found = JSON.parse(payload) as KernelEvent;
  }
}
