import { onCommand, onEvent, refusalIn, type Scenario, type Watch } from "./scenario.ts";

/** Scenarios of results and settlement. */
export const results: readonly Scenario[] = [
  {
    id: "F1",
    when: "somebody finishes within a second of the end of the time",
    watch: onEvent("match.finished", ({ match }, { chronicle }) => {
      return (chronicle.matches.get(match)?.deadline ?? 0) - chronicle.time <= 1_000;
    }),
  },
  {
    id: "F2",
    when: "a forfeit falls due with an entry of a coordinator that does not lead",
    watch: onEvent("match.forfeited", (_, { entry, chronicle }) => {
      return entry.command.type !== "match.abandon" && entry.node !== chronicle.leader;
    }),
    nodesMin: 2,
  },
  {
    id: "F3",
    when: "the leader is lost while results wait for their settlement",
    watch: onEvent("node.led", (_, { chronicle }) => {
      return [...chronicle.matches.values()].some(({ phase }) => phase === "RESOLVED");
    }),
  },
  {
    id: "F4",
    when: "a settlement is reported a second time",
    watch: onCommand("effect.done", ({ key }, moment) => {
      return key.startsWith("settle:") && refusalIn(moment) === "EFFECT_NOT_FOUND";
    }),
  },
  {
    id: "F9",
    when: "a match with stakes ends in a tie",
    watch: onEvent("match.resolved", ({ match, result }, { chronicle }) => {
      return result.winners.length === 0 && (chronicle.matches.get(match)?.pot ?? 0n) > 0n;
    }),
  },
  { id: "F10", when: "ratings are given and the payout takes three seconds more", watch: latePayout },
  { id: "F11", when: "two results of one mode come within a tenth of a second", watch: resultsTogether },
  {
    id: "F12",
    when: "a result comes for a match that was cancelled",
    watch: onCommand(["match.report", "match.finish", "match.begin"], ({ match }, { chronicle }) => {
      return chronicle.endings.get(match) === "CANCELLED";
    }),
  },
  {
    id: "F14",
    when: "a pot cannot be divided evenly",
    watch: onEvent("match.resolved", ({ match, result }, { chronicle }) => {
      const pot = chronicle.matches.get(match)?.pot ?? 0n;
      const winners = BigInt(result.winners.length);
      return winners > 0n && pot > 0n && ((pot * 9n) % 10n !== 0n || ((pot * 9n) / 10n) % winners !== 0n);
    }),
  },
];

function latePayout(): Watch {
  const resolvedAt = new Map<string, number>();
  return {
    events: ["match.resolved", "match.settled"],
    event(event, { chronicle }) {
      if (event.type === "match.resolved") resolvedAt.set(event.match, chronicle.time);
      if (event.type !== "match.settled") return false;
      const at = resolvedAt.get(event.match) ?? chronicle.time;
      resolvedAt.delete(event.match);
      return chronicle.time - at > 3_000;
    },
  };
}

function resultsTogether(): Watch {
  const last = new Map<string, number>();
  return {
    events: ["match.resolved"],
    event(event, { chronicle }) {
      if (event.type !== "match.resolved") return false;
      const before = last.get(event.mode) ?? Number.NEGATIVE_INFINITY;
      last.set(event.mode, chronicle.time);
      return chronicle.time - before <= 100;
    },
  };
}
