import type { NodeKey } from "@matchforge/core";
import { onCommand, onEvent, refusalIn, type Scenario, type Watch } from "./scenario.ts";

/** Scenarios of how matches are made. */
export const commits: readonly Scenario[] = [
  {
    id: "B1",
    when: "two matchers propose the same ticket",
    watch: onCommand(["matcher.propose", "round.fill"], ({ term }, moment) => {
      const code = refusalIn(moment);
      return code === "TICKET_NOT_WAITING" || (code === "STALE_TERM" && term > 0);
    }),
  },
  {
    id: "B2",
    when: "a leader proposes that has been replaced meanwhile",
    watch: replacedLeader,
    nodesMin: 2,
  },
  {
    id: "B4",
    when: "the leader has fallen silent and another takes over",
    watch: onEvent("node.led", ({ node }, { chronicle }) => {
      const { leader, nodes } = chronicle;
      return leader === null ? chronicle.term > 0 : node !== leader && nodes.get(leader)?.draining === false;
    }),
    nodesMin: 2,
  },
  {
    id: "B5",
    when: "the leader is lost while tickets wait that it has not matched",
    watch: onEvent("node.lost", ({ node }, { state, chronicle }) => {
      const isAwaited = [...state.pools.values()].some(({ index }) => index.size > 0);
      return node === chronicle.leader && isAwaited;
    }),
  },
  { id: "B6", when: "the leader is lost right after a match was made", watch: lostAfterMatch },
  { id: "B8", when: "a batch with a proposal arrives twice" },
  {
    id: "B9",
    when: "a proposal names tickets that are taken",
    watch: onCommand("matcher.propose", (_, moment) => refusalIn(moment) === "TICKET_NOT_WAITING"),
  },
  {
    id: "B10",
    when: "players of a match are connected to different coordinators",
    watch: onEvent("match.created", ({ players }, { chronicle }) => {
      return new Set(players.map(({ player }) => chronicle.players.get(player)?.node)).size > 1;
    }),
    nodesMin: 2,
  },
  {
    id: "B11",
    when: "a party is put whole on a team of others",
    watch: onEvent("match.created", ({ tickets, players }, { chronicle }) => {
      const parties = tickets.filter((id) => chronicle.tickets.get(id)?.queued.party != null);
      return parties.length > 0 && tickets.length > 2 && players.length === 4;
    }),
  },
  {
    id: "B12",
    when: "a match is made and goes on with the same entry",
    watch: onEvent("match.preparing", ({ match }, { events }) =>
      events.some((event) => event.type === "match.created" && event.match === match),
    ),
  },
  {
    id: "B13",
    when: "the ready check of a match ends although nobody told one of its players",
    watch: onEvent("match.cancelled", ({ undelivered }) => undelivered.length > 0),
  },
  {
    id: "B14",
    when: "a match is sent to a server a second time",
    watch: onCommand(
      "match.dispatch",
      ({ match }, moment) =>
        refusalIn(moment) === "INVALID_STATE" && moment.state.matches.get(match)?.server != null,
    ),
  },
  {
    id: "B15",
    when: "a proposal is judged two seconds after it was made",
    watch: onCommand(["matcher.propose", "round.fill"], ({ quality }, { state }) => {
      return quality.basis.wave !== "hand" && state.time - quality.basis.at > 2_000;
    }),
  },
  { id: "B16", when: "two waves of one queue propose within a tenth of a second", watch: wavesTogether },
  {
    id: "B17",
    when: "the rules change while tickets wait",
    watch: onEvent("rules.configured", ({ version }, { state }) => version > 1 && state.tickets.size > 0),
  },
  {
    id: "B18",
    when: "one wave makes several matches",
    watch: onCommand("matcher.propose", ({ quality }, moment) => {
      return quality.basis.place > 0 && refusalIn(moment) === null;
    }),
  },
];

function replacedLeader(): Watch {
  const led = new Set<NodeKey>();
  return {
    events: ["node.led"],
    commands: ["matcher.propose", "round.fill"],
    event(event) {
      if (event.type === "node.led") led.add(event.node);
      return false;
    },
    entry(moment) {
      const { entry, chronicle } = moment;
      const code = refusalIn(moment);
      const isStale = code === "STALE_TERM" || code === "NODE_NOT_FOUND";
      return isStale && led.has(entry.node) && chronicle.leader !== entry.node;
    },
  };
}

function lostAfterMatch(): Watch {
  const madeAt = new Map<NodeKey, number>();
  return {
    events: ["match.created", "node.lost"],
    event(event, { entry, chronicle }) {
      if (event.type === "match.created") madeAt.set(entry.node, chronicle.time);
      if (event.type !== "node.lost") return false;
      const lastEntryAt = chronicle.nodes.get(event.node)?.lastEntryAt ?? Number.POSITIVE_INFINITY;
      return lastEntryAt - (madeAt.get(event.node) ?? Number.NEGATIVE_INFINITY) < 500;
    },
  };
}

function wavesTogether(): Watch {
  const last = new Map<string, { readonly at: number; readonly position: number }>();
  return {
    commands: ["matcher.propose"],
    entry({ entry: { command } }) {
      if (command.type !== "matcher.propose") return false;
      const { at, position } = command.quality.basis;
      const before = last.get(command.pool);
      last.set(command.pool, { at, position });
      return before !== undefined && before.position !== position && Math.abs(at - before.at) <= 100;
    },
  };
}
