import type { MatchId } from "@matchforge/core";
import { onCommand, onEvent, refusalIn, type Scenario, type Watch } from "./scenario.ts";

const secondMs = 1_000;

/** Scenarios of loading and of servers for matches. */
export const loading: readonly Scenario[] = [
  {
    id: "D1",
    when: "a server is found later than clients may take to load, and the match has waited for it",
    watch: onEvent("match.allocated", ({ match: id }, { chronicle }) => {
      const match = chronicle.matches.get(id);
      const waitedMs = chronicle.time - (match?.allocation?.askedAt ?? chronicle.time);
      return waitedMs > (match?.mode.loadingMs ?? Number.POSITIVE_INFINITY);
    }),
  },
  { id: "D2", when: "a server goes back that was lent when nobody waited for it any more" },
  { id: "D3", when: "somebody asks again whose answer was lost, and is lent the same server" },
  {
    id: "D4",
    when: "a match goes elsewhere because others took the place within two seconds",
    watch: lastPlace,
  },
  {
    id: "D5",
    when: "a server is lost before all players of a match have reached it",
    watch: onEvent("match.server_lost", ({ match }, { chronicle }) => {
      const passes = [...(chronicle.matches.get(match)?.passes.values() ?? [])];
      return passes.some(({ isRedeemed }) => !isRedeemed);
    }),
  },
  {
    id: "D6",
    when: "somebody has loaded a second time, or a match of others",
    watch: onCommand("match.loaded", (_, moment) => {
      const code = refusalIn(moment);
      return code === "PLAYER_NOT_IN_MATCH" || (code === null && moment.events.length === 0);
    }),
  },
  { id: "D7", when: "the last client has loaded within a second of the end of the time", watch: lastLoader },
  {
    id: "D8",
    when: "somebody gives up a match that others have loaded",
    watch: onEvent("match.cancelled", ({ match: id, reason, offenders }, { chronicle }) => {
      const loaded = chronicle.matches.get(id)?.loaded ?? new Set();
      const others = [...loaded].filter((one) => offenders.every(({ player }) => player !== one));
      return reason === "abandoned" && others.length > 0;
    }),
  },
  {
    id: "D9",
    when: "another coordinator leads while a match waits for a server that the one before has asked for",
    watch: onEvent("node.led", ({ node }, { chronicle }) => node !== chronicle.leader && awaited(chronicle)),
  },
  {
    id: "D10",
    when: "the time for loading ends with an entry of a coordinator that does not lead",
    watch: onEvent("match.cancelled", ({ reason }, { entry, chronicle }) => {
      return reason === "loading_timeout" && entry.node !== chronicle.leader;
    }),
    nodesMin: 2,
  },
  { id: "D11", when: "a server is asked for when who lends them has been away for a minute" },
  {
    id: "D12",
    when: "a match ticket is shown a second time, too late, after a newer one, or to another server",
    watch: onCommand("match.redeem", (_, moment) => isForged.has(refusalIn(moment) ?? "")),
  },
  {
    id: "D13",
    when: "a server tells the result of a match that it does not play, or not any more",
    watch: onCommand("match.result", ({ match }, moment) => {
      const code = refusalIn(moment);
      const isReal = moment.chronicle.matches.has(match) || moment.chronicle.endings.has(match);
      return isReal && (code === "STALE_EPOCH" || code === "INVALID_RESULT" || code === "MATCH_NOT_FOUND");
    }),
  },
  {
    id: "D14",
    when: "a match is called off that has a place on a server",
    watch: onEvent("match.cancelled", ({ match }, { chronicle }) => {
      const server = chronicle.matches.get(match)?.allocation?.server ?? null;
      return server !== null && chronicle.servers.get(server)?.isLent === false;
    }),
  },
];

const isForged: ReadonlySet<string> = new Set([
  "MATCH_TICKET_USED",
  "MATCH_TICKET_EXPIRED",
  "MATCH_TICKET_INVALID",
]);

function awaited({ matches }: Parameters<NonNullable<Watch["event"]>>[1]["chronicle"]): boolean {
  return [...matches.values()].some(({ allocation }) => allocation?.isPending === true);
}

function lastPlace(): Watch {
  const takenAt = new Map<string, number>();
  return {
    events: ["match.allocated"],
    commands: ["server.choose"],
    event(event, { chronicle }) {
      if (event.type === "match.allocated" && !event.isLent) takenAt.set(event.server, chronicle.time);
      return false;
    },
    entry({ entry: { command }, events, chronicle }) {
      if (command.type !== "server.choose") return false;
      const chosen = events.find((event) => event.type === "match.allocated");
      return [...chronicle.servers.values()].some(
        ({ id, allocator, matches, offer }) =>
          id !== chosen?.server &&
          allocator === command.allocator &&
          matches.size >= offer.capacity &&
          chronicle.time - (takenAt.get(id) ?? Number.NEGATIVE_INFINITY) <= 2 * secondMs,
      );
    },
  };
}

function lastLoader(): Watch {
  const endedAt = new Map<MatchId, number>();
  return {
    events: ["match.cancelled", "match.loaded"],
    commands: ["match.loaded"],
    event(event, { chronicle }) {
      if (event.type === "match.cancelled" && event.reason === "loading_timeout")
        endedAt.set(event.match, chronicle.time);
      if (event.type !== "match.loaded" || event.loaded < event.total) return false;
      const due = chronicle.matches.get(event.match)?.due.get("loading") ?? Number.POSITIVE_INFINITY;
      return due - chronicle.time <= secondMs;
    },
    entry({ entry: { command }, chronicle }) {
      if (command.type !== "match.loaded") return false;
      const lateMs = chronicle.time - (endedAt.get(command.match) ?? Number.NEGATIVE_INFINITY);
      return lateMs <= secondMs;
    },
  };
}
