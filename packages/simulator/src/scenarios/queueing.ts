import type { TicketId } from "@matchforge/core";
import { onCommand, onEvent, refusalIn, type Scenario, type Watch } from "./scenario.ts";

const secondMs = 1_000;

/** Scenarios of the queue. */
export const queueing: readonly Scenario[] = [
  {
    id: "A1",
    when: "a player who waits queues again, on another node or in another tab",
    watch: onCommand("ticket.enqueue", (_, moment) => refusalIn(moment) === "ALREADY_IN_QUEUE"),
  },
  {
    id: "A2",
    when: "a queue request arrives again after it was carried out",
    watch: onCommand("ticket.enqueue", (_, moment) => refusalIn(moment) === "REPEATED"),
  },
  {
    id: "A3",
    when: "a ticket that waits in two modes is matched",
    watch: onEvent("match.created", ({ tickets }, { chronicle }) =>
      tickets.some((id) => (chronicle.tickets.get(id)?.queued.standings.length ?? 0) > 1),
    ),
  },
  { id: "A4", when: "a player finds a ticket of theirs whose request was never answered" },
  {
    id: "A6",
    when: "a ticket that makes no sense stands in the log",
    watch: onCommand("ticket.enqueue", (_, moment) => refusalIn(moment) === "INVALID_CONFIGURATION"),
  },
  {
    id: "A7",
    when: "the longest wait of a ticket is over",
    watch: onEvent(
      "ticket.ended",
      ({ reason, ticket }, { chronicle }) =>
        reason === "no_opponents" && chronicle.tickets.get(ticket)?.place === "waiting",
    ),
  },
  {
    id: "A8",
    when: "a ticket with a stake ends without a match",
    watch: onEvent("ticket.ended", ({ ticket }, { chronicle }) => {
      return (chronicle.tickets.get(ticket)?.queued.stake ?? 0n) > 0n;
    }),
  },
  {
    id: "A9",
    when: "somebody queues with a stake they do not have any more",
    watch: onCommand("ticket.enqueue", (_, moment) => refusalIn(moment) === "INSUFFICIENT_FUNDS"),
  },
  { id: "A10", when: "a cancel and a proposal of the same ticket come within a second", watch: cancelRaces },
  {
    id: "A11",
    when: "a player in a queue is back within two seconds",
    watch: onEvent("player.connected", ({ player: id }, { state, chronicle }) => {
      const awaySince = chronicle.players.get(id)?.awaySince ?? 0;
      const isBlip = awaySince > 0 && chronicle.time - awaySince <= 2 * secondMs;
      return isBlip && state.players.get(id)?.ticket != null;
    }),
  },
  {
    id: "A12",
    when: "a ticket ends because its player does not come back",
    watch: onEvent("ticket.ended", ({ reason }) => reason === "disconnected"),
  },
  {
    id: "A13",
    when: "others are matched while somebody who has waited ten seconds longer waits on in that queue",
    watch: onEvent("match.created", ({ pool, tickets }, { state, chronicle }) => {
      const [oldest] = state.pools.get(pool)?.index.byAge.chunks.flat() ?? [];
      const youngest = Math.min(...tickets.map((id) => chronicle.tickets.get(id)?.queuedAt ?? 0));
      return oldest !== undefined && oldest.enqueuedAt + 10 * secondMs < youngest;
    }),
  },
  {
    id: "A14",
    when: "a proposal joins tickets of which one does not admit the other",
    watch: onCommand("matcher.propose", (_, moment) => refusalIn(moment) === "CONSTRAINTS_NOT_SATISFIED"),
  },
  {
    id: "A16",
    when: "a party that waits changes",
    watch: onEvent("ticket.ended", ({ reason }) => reason === "party_changed"),
  },
  {
    id: "A17",
    when: "another coordinator leads while tickets wait",
    watch: onEvent("node.led", ({ node }, { state, chronicle }) => {
      const isWaiting = [...state.tickets.values()].some((ticket) => ticket.state === "waiting");
      return isWaiting && chronicle.term > 0 && node !== chronicle.leader;
    }),
  },
  { id: "A18", when: "coordinators whose clocks differ by two seconds serve the same queue", nodesMin: 2 },
  {
    id: "A19",
    when: "somebody who was to blame before queues within the cooldown",
    watch: onCommand("ticket.enqueue", (_, moment) => refusalIn(moment) === "COOLDOWN"),
  },
];

/** Whichever comes first wins; the other is told. */
function cancelRaces(): Watch {
  const cancelledAt = new Map<TicketId, number>();
  const matchedAt = new Map<string, number>();
  const isRecent = (at: number | undefined, now: number) => at !== undefined && now - at <= secondMs;
  return {
    events: ["ticket.ended", "match.created"],
    commands: ["ticket.cancel", "matcher.propose", "round.fill"],
    event(event, { chronicle }) {
      if (event.type === "ticket.ended" && event.reason === "cancelled")
        cancelledAt.set(event.ticket, chronicle.time);
      if (event.type === "match.created")
        for (const { player } of event.players) matchedAt.set(player, chronicle.time);
      return false;
    },
    entry({ entry: { command }, chronicle }) {
      if (command.type === "ticket.cancel") return isRecent(matchedAt.get(command.player), chronicle.time);
      const tickets =
        command.type === "matcher.propose"
          ? command.teams.flat()
          : command.type === "round.fill"
            ? command.tickets
            : [];
      return tickets.some((id) => isRecent(cancelledAt.get(id), chronicle.time));
    },
  };
}
