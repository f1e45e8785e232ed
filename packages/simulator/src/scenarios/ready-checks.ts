import { onCommand, onEvent, refusalIn, type Scenario, type Watch } from "./scenario.ts";

/** Scenarios of the ready check. */
export const readyChecks: readonly Scenario[] = [
  { id: "C1", when: "two players accept at the same time on two coordinators", watch: together, nodesMin: 2 },
  { id: "C2", when: "an accept comes within a second of the deadline", watch: atDeadline },
  {
    id: "C3",
    when: "somebody accepts a match that has been cancelled",
    watch: onCommand(
      "match.accept",
      ({ match }, { chronicle }) => chronicle.endings.get(match) === "CANCELLED",
    ),
  },
  {
    id: "C4",
    when: "somebody accepts a match that is played already",
    watch: onCommand("match.accept", ({ match }, moment) => {
      const isActive = moment.state.matches.get(match)?.phase.state === "ACTIVE";
      return isActive && refusalIn(moment) === "INVALID_STATE";
    }),
  },
  {
    id: "C5",
    when: "somebody declines a match of others",
    watch: onCommand("match.decline", (_, moment) => refusalIn(moment) === "PLAYER_NOT_IN_MATCH"),
  },
  {
    id: "C6",
    when: "somebody declines who has accepted, or plays already",
    watch: onCommand("match.decline", (_, moment) => refusalIn(moment) === "INVALID_STATE"),
  },
  {
    id: "C7",
    when: "nobody answers the ready check",
    watch: onEvent("match.cancelled", ({ reason, match }, { chronicle }) => {
      const entrants = [...(chronicle.matches.get(match)?.entrants.values() ?? [])];
      return reason === "ready_timeout" && entrants.every(({ accepted }) => !accepted);
    }),
  },
  {
    id: "C8",
    when: "one of many does not answer the ready check",
    watch: onEvent("match.cancelled", ({ reason, match }, { chronicle }) => {
      const entrants = [...(chronicle.matches.get(match)?.entrants.values() ?? [])];
      const silent = entrants.filter(({ accepted }) => !accepted).length;
      return reason === "ready_timeout" && entrants.length >= 4 && silent === 1;
    }),
  },
  {
    id: "C9",
    when: "somebody accepts a second time",
    watch: onCommand("match.accept", (_, moment) => {
      const code = refusalIn(moment);
      return code === "REPEATED" || (code === null && moment.events.length === 0);
    }),
  },
  {
    id: "C10",
    when: "somebody who has accepted is cut off during the ready check",
    watch: onEvent("player.disconnected", ({ player }, { state }) => {
      const match = state.matches.get(state.players.get(player)?.match ?? "match_");
      return (
        match?.phase.state === "MATCHED" && match.players.some((own) => own.id === player && own.accepted)
      );
    }),
  },
  {
    id: "C11",
    when: "a coordinator is lost during a ready check of its players",
    watch: onEvent("node.orphaned", ({ matches }, { chronicle }) => {
      return matches.some((id) => chronicle.matches.get(id)?.phase === "MATCHED");
    }),
  },
  {
    id: "C12",
    when: "a ready check ends with an entry of a coordinator that does not lead",
    watch: onEvent("match.cancelled", ({ reason }, { entry, chronicle }) => {
      return reason === "ready_timeout" && entry.node !== chronicle.leader;
    }),
    nodesMin: 2,
  },
  {
    id: "C13",
    when: "somebody is excused who was never told of the match",
    watch: onEvent("match.cancelled", ({ undelivered, offenders }) => {
      return undelivered.length > 0 && offenders.length === 0;
    }),
  },
  {
    id: "C15",
    when: "a party is about to change while its match is found",
    watch: onCommand(
      ["party.leave", "party.kick", "party.disband"],
      (_, moment) => refusalIn(moment) === "INVALID_STATE",
    ),
  },
];

function together(): Watch {
  const last = new Map<string, { readonly at: number; readonly node: string }>();
  return {
    events: ["match.accepted"],
    event(event, { entry }) {
      if (event.type !== "match.accepted") return false;
      const before = last.get(event.match);
      last.set(event.match, { at: entry.at, node: entry.node });
      return before !== undefined && before.node !== entry.node && entry.at - before.at <= 2;
    },
  };
}

function atDeadline(): Watch {
  const endedAt = new Map<string, number>();
  return {
    events: ["match.cancelled"],
    commands: ["match.accept"],
    event(event, { chronicle }) {
      if (event.type === "match.cancelled" && event.reason === "ready_timeout")
        endedAt.set(event.match, chronicle.time);
      return false;
    },
    entry({ entry: { command }, state, chronicle }) {
      if (command.type !== "match.accept") return false;
      const late = chronicle.time - (endedAt.get(command.match) ?? Number.NEGATIVE_INFINITY);
      const phase = state.matches.get(command.match)?.phase;
      const isJustInTime = phase?.state === "MATCHED" && phase.deadline - state.time <= 1_000;
      return isJustInTime || late <= 1_000;
    },
  };
}
