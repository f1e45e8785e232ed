import type { StreamRecord } from "@matchforge/stores";
import type { ArchivedEvent } from "../archived.ts";
import type { MatchFacts, ReadEvent } from "../match-facts.ts";
import type { Told } from "./told.ts";

/** What of an event concerns single players. Each is told of themselves, and of others only what all may know. */
export function playerMessages(
  { event, facts }: ReadEvent,
  { record, timestamp }: { readonly record: StreamRecord | undefined; readonly timestamp: string },
): Told[] {
  const updates = stateUpdates({ event, facts }, { record, timestamp });
  switch (event.type) {
    case "match.created":
      return [...(event.state === "FORMING" ? [] : found(event, { facts, timestamp })), ...updates];
    case "match.ready":
      return [...updates, ...(facts === undefined ? [] : ready(event.match, facts))];
    case "match.cancelled":
      return [
        ...updates,
        ...event.fates.flatMap((fate) => returned(fate, { match: event.match, reason: event.reason })),
      ];
    case "round.left":
      return returned(event, { match: event.match, reason: "left" });
    case "ticket.ended":
      return returned({ ...event, ended: event.reason }, { match: null, reason: event.reason });
    default:
      return updates;
  }
}

function stateUpdates(
  { event, facts }: Pick<ReadEvent, "event" | "facts">,
  { record, timestamp }: { readonly record: StreamRecord | undefined; readonly timestamp: string },
): Told[] {
  if (record?.match_id === undefined || typeof record.data.state !== "string") return [];
  const players = event.type === "match.created" ? event.players : (facts?.players ?? []);
  const data = { session_id: record.match_id, state: record.data.state, timestamp };
  return players.map(({ player }) => to(player, "game_state_update", data));
}

function found(
  { match, players }: ArchivedEvent<"match.created">,
  { facts, timestamp }: { readonly facts: MatchFacts | undefined; readonly timestamp: string },
): Told[] {
  const isNamed = facts?.isRevealedAtOnce === true;
  return players.map(({ player }) => {
    const others = players.filter((other) => other.player !== player).map((other) => other.player);
    const opponent = isNamed && others.length === 1 ? others[0] : null;
    return to(player, "match_found", {
      match_id: match,
      opponent,
      players: isNamed ? others : null,
      timestamp,
    });
  });
}

function ready(match: string, { mode, tier, players }: MatchFacts): Told[] {
  const data = {
    match_id: match,
    game_type: mode,
    stake_tier: tier,
    players: players.map(({ player }) => player),
  };
  return players.map(({ player }) => to(player, "match_ready", data));
}

/** A ticket that waits again, or has ended. */
function returned(
  fate: { readonly ticket: string; readonly players: readonly string[]; readonly ended: string | null },
  { match, reason }: { readonly match: string | null; readonly reason: string },
): Told[] {
  const { ticket, players, ended } = fate;
  const [type, data] =
    ended === null
      ? (["player_requeued", { match_id: match, ticket_id: ticket, reason }] as const)
      : (["queue_ended", { match_id: match, ticket_id: ticket, reason: ended }] as const);
  return players.map((player) => to(player, type, data));
}

function to(player: string, type: string, data: Told["data"]): Told {
  return { channel: `player:${player}:updates`, type, data };
}
