import { areSoundWishes, type RegionLatency, type Wishes, wishesOf } from "../../matching/wishes.ts";
import type { TicketEnqueue } from "../commands.ts";
import type { Party, Player } from "../model.ts";
import { withPreferences } from "../preferences.ts";
import type { State } from "../state.ts";

/**
 * The wishes of a ticket for its players in their order; null when they make no sense. In a party whoever
 * leads speaks for all, but roles and latencies are what each member said. Whoever asks may have preferences for
 * what the ticket does not say.
 */
export function wishesFor(state: State, command: TicketEnqueue, players: readonly Player[]): Wishes | null {
  const [{ id: leader, preferences }] = players;
  const said = wishesOf(command.wishes);
  const party = command.party === null ? undefined : state.parties.get(command.party);
  if (party === undefined) {
    const own = withPreferences(said, preferences);
    return areSoundWishes(own, players.length) ? own : null;
  }
  const measured = party.members.find(({ player }) => player === leader)?.latencies ?? null;
  const own = withPreferences({ ...said, latencies: said.latencies ?? measured }, preferences);
  if (!areSoundWishes(own, 1)) return null;
  return withMembers(own, party, players);
}

function withMembers(own: Wishes, party: Party, players: readonly Player[]): Wishes {
  const members = players.map(({ id }) => party.members.find(({ player }) => player === id));
  const roles = members.map((member) => member?.roles ?? []);
  if (own.roles.length > 0) roles[0] = own.roles[0];
  const latencies = [own.latencies, ...members.slice(1).map((one) => one?.latencies)];
  return {
    ...own,
    roles: roles.every(({ length }) => length === 0) ? [] : roles,
    latencies: longestLatencies(latencies.filter((list) => list != null)),
  };
}

/** By region the longest latency; regions that somebody cannot reach are left out. Who did not measure does not count. */
function longestLatencies(lists: readonly (readonly RegionLatency[])[]): readonly RegionLatency[] | null {
  if (lists.length === 0) return null;
  const [first, ...others] = lists;
  return first.flatMap(({ region, latencyMs }) => {
    let longest = latencyMs;
    for (const list of others) {
      const found = list.find((one) => one.region === region);
      if (found === undefined) return [];
      longest = Math.max(longest, found.latencyMs);
    }
    return [{ region, latencyMs: longest }];
  });
}
